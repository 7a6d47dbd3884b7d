package io.bookstore.perf.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.testing.DescriptorSchema;
import io.bookstore.perf.testing.EmbeddedRun;
import io.bookstore.perf.testing.ForeignService;
import io.bookstore.perf.testing.NotesService;
import io.bookstore.perf.testing.SupportService;
import io.bookstore.perf.testing.TenantGateway;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.FreePort;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Services of other habits than ours, each ported with one file: loaded, plain and streamed, and verified. A sound one fails
 * nowhere; of one with defects each is named, and nothing else.
 */
class ForeignServicesTest {

    private static final String FOUR_SUMMARIES =
            """
            import exec from 'k6/execution';
            import { prepare } from '%1$s/prepare.js';
            import { summarize } from '%1$s/llm.js';
            export const options = {
              scenarios: { four: { executor: 'shared-iterations', vus: 2, iterations: 4 } },
              thresholds: { llm_errors: ['rate==0'], llm_operations: ['count==4'] },
            };
            export const setup = prepare;
            export default function ({ items }) {
              const n = exec.scenario.iterationInTest;
              summarize(items[n %% items.length], { requestId: `r${n}` });
            }
            """.formatted(Checkout.scripts().resolve("lib"));

    private static final Map<String, String> KEY_OF_SUPPORT = Map.of("SUPPORT_API_KEY", "team-a");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"notes", "support", "tenants"})
    void descriptorIsOneFileThatAnEditorAccepts(String name) throws Exception {
        assertThat(DescriptorSchema.published().findings(Files.readString(descriptor(name))))
                .isEmpty();
    }

    @Test
    void serviceOnNodeThatAnswers201AndStreamsJsonLinesPasses() throws Exception {
        try (NotesService notes = NotesService.startOrSkip(folder)) {
            assertStreamsAreLoaded("notes", notes.baseUrl(), Map.of());
            VerifiedService verified = verify("notes", notes.baseUrl(), Map.of());

            assertThat(verified.evidence("FAIL")).isEmpty();
            assertThat(verified.named("PASS"))
                    .contains("health", "status", "json", "hidden-error", "text", "usage", "usage-plausible")
                    .contains("unknown-path", "malformed-body", "error-format")
                    .contains("stream", "stream-pieces", "stream-usage", "limits");
            assertThat(verified.exitCode()).isZero();
        }
    }

    @Test
    void eachDefectOfTheServiceOnNodeIsNamed() throws Exception {
        try (NotesService notes = NotesService.startOrSkip(folder, NotesService.DEFECTS)) {
            VerifiedService verified = verify("notes", notes.baseUrl(), Map.of());

            assertNamed(
                    verified,
                    Map.of(
                            "unknown-path", "HTTP 200",
                            "error-format", "HTTP 400 with HTML",
                            "hidden-error", "1 of 3 answers: an error with HTTP 201: {\"success\":false",
                            "usage", "3 of 3 answers: no inputTokens and no outputTokens",
                            "stream", "pieces, and no end",
                            "stream-pieces", "the first of 35 pieces came after",
                            "limits", "llm_errors",
                            "metric-buckets", "gen_ai_client_operation_duration_seconds has 0.005, 0.01, 0.025 … 10"));
            assertThat(verified.named("UNKNOWN"))
                    .contains("usage-plausible", "stream-usage", "stream-cancel", "counted-once", "trace-context");
        }
    }

    @Test
    void serviceOnFastApiThatStreamsEventsAndHasMetricsOfItsOwnPasses() throws Exception {
        try (SupportService support = SupportService.with()) {
            assertStreamsAreLoaded("support", support.baseUrl(), KEY_OF_SUPPORT);
            VerifiedService verified = verify("support", support.baseUrl(), KEY_OF_SUPPORT);

            assertThat(verified.evidence("FAIL")).isEmpty();
            assertThat(verified.named("PASS"))
                    .contains("health", "status", "json", "hidden-error", "text", "usage", "usage-plausible")
                    .contains("cost", "cost-price", "times", "malformed-body", "error-format", "retry-after")
                    .contains("stream", "stream-usage", "limits");
            assertThat(verified.evidence("UNKNOWN"))
                    .hasEntrySatisfying(
                            "metric-names", reason -> assertThat(reason).endsWith("/metrics has no metric gen_ai_*"));
            assertThat(verified.exitCode()).isZero();
        }
    }

    @Test
    void eachDefectOfTheServiceOnFastApiIsNamed() throws Exception {
        try (SupportService support = SupportService.with(SupportService.Defect.values())) {
            VerifiedService verified = verify("support", support.baseUrl(), KEY_OF_SUPPORT);

            assertNamed(
                    verified,
                    Map.ofEntries(
                            Map.entry("malformed-body", "HTTP 500"),
                            Map.entry("error-format", "HTTP 500 with text/plain; charset=utf-8"),
                            Map.entry("json", "3 of 3 answers: Content-Type text/plain; charset=utf-8"),
                            Map.entry("text", "1 of 3 answers: no text"),
                            Map.entry("usage-plausible", "2 of 2 answers: 300 tokens for a text of"),
                            Map.entry("times", "3 of 3 answers: provider"),
                            Map.entry("cost-price", "3 of 3 answers: $0.182850 for gpt-4o-mini"),
                            Map.entry("retry-after", "no Retry-After"),
                            Map.entry("stream-usage", "no inputTokens and no outputTokens"),
                            Map.entry("metric-units", "gen_ai_client_operation_duration_milliseconds in place of"),
                            Map.entry("metric-labels", "has no label gen_ai_provider_name")));
        }
    }

    @Test
    void gatewayOfTheJdkWithTokensAndTenantsPasses() throws Exception {
        int otlpPort = FreePort.find();
        try (TenantGateway tenants = TenantGateway.sendingSpansTo(otlpPort)) {
            Map<String, String> variables = variablesOf(tenants);
            assertStreamsAreLoaded("tenants", tenants.baseUrl(), variables);
            VerifiedService verified =
                    verify("tenants", tenants.baseUrl(), variables, "--otlp-port", String.valueOf(otlpPort));

            assertThat(verified.evidence("FAIL")).isEmpty();
            assertThat(verified.named("PASS"))
                    .contains("health", "status", "json", "hidden-error", "text", "usage", "usage-plausible")
                    .contains("counted-once", "cost", "cost-price", "malformed-body", "error-format")
                    .contains("idempotency", "idempotency-conflict", "stream", "stream-usage")
                    .contains("trace-context", "span-kind", "span-names", "span-attributes")
                    .contains("metric-names", "metric-units", "metric-buckets", "metric-labels", "limits");
            assertThat(verified.exitCode()).isZero();
            assertThat(verified.perf().out() + verified.perf().err()).doesNotContain(TenantGateway.SECRET);
        }
    }

    @Test
    void eachDefectOfTheGatewayIsNamed() throws Exception {
        int otlpPort = FreePort.find();
        try (TenantGateway tenants = TenantGateway.sendingSpansTo(otlpPort, TenantGateway.Defect.values())) {
            VerifiedService verified =
                    verify("tenants", tenants.baseUrl(), variablesOf(tenants), "--otlp-port", String.valueOf(otlpPort));

            assertNamed(
                    verified,
                    Map.of(
                            "status", "1 of 3 answers: HTTP 401: {\"status\":401",
                            "counted-once", "the service's metrics have",
                            "cost", "12 answers of gpt-4o-mini used tokens and told no cost",
                            "idempotency-conflict", "HTTP 202",
                            "trace-context", "the service does not read traceparent",
                            "span-kind", "in the service \"tenants\" have the kind INTERNAL",
                            "span-names", "\"ChatModel.call\" in place of \"chat gpt-4o-mini\"",
                            "span-attributes", "no gen_ai.provider.name"));
            assertThat(verified.perf().out()).contains("Start the spans of calls as CLIENT.");
        }
    }

    private static void assertNamed(VerifiedService verified, Map<String, String> evidence) throws Exception {
        Map<String, String> failed = verified.evidence("FAIL");
        assertThat(failed).containsOnlyKeys(evidence.keySet());
        evidence.forEach((item, words) -> assertThat(failed.get(item)).as(item).contains(words));
        assertThat(verified.exitCode()).isEqualTo(99);
    }

    /** The load of streams; that of plain answers is the one behind the item "limits". */
    private void assertStreamsAreLoaded(String name, URI service, Map<String, String> variables) throws Exception {
        Map<String, String> env = new HashMap<>(variables);
        env.put("TARGET", descriptor(name).toString());
        env.put("SUMMARY_STREAM", "yes");

        RunResult result =
                EmbeddedRun.of(FOUR_SUMMARIES, env, service, Files.createDirectories(folder.resolve("streams")));

        assertThat(result.crossed()).isEmpty();
        assertThat(result.verdict().exitCode()).as(result.problems().toString()).isZero();
        assertThat(result.count("llm_output_tokens"))
                .hasValueSatisfying(tokens -> assertThat(tokens).isPositive());
        assertThat(result.trend("llm_ttft")).isPresent();
        assertThat(result.trend("llm_chunk_gap")).isPresent();
    }

    private VerifiedService verify(String name, URI service, Map<String, String> variables, String... more) {
        String[] arguments = Stream.concat(
                        Stream.of(more),
                        variables.entrySet().stream()
                                .flatMap(each -> Stream.of("-e", each.getKey() + "=" + each.getValue())))
                .toArray(String[]::new);
        String address = service.toString().replaceFirst("/$", "");
        return VerifiedService.of(descriptor(name), address, folder.resolve("out"), arguments);
    }

    private static Path descriptor(String name) {
        return ForeignService.file(name + ".yml");
    }

    private static Map<String, String> variablesOf(TenantGateway tenants) {
        return Map.of("TENANTS_URL", tenants.baseUrl().toString(), "TENANTS_SECRET", TenantGateway.SECRET);
    }
}
