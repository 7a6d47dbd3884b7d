package io.bookstore.perf.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import io.bookstore.perf.testing.SimulatedBookStore;
import io.bookstore.perf.testing.SimulatedBookStore.Defect;
import io.bookstore.perf.testing.StreamingGateway;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.testing.ClosedPort;
import io.bookstore.testing.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checklist against services that run: one that is sound, one with defects, and none at all. */
class VerifyCommandTest {

    private static final String CHAT = """
            name: chat
            baseUrl: http://localhost:9
            paid: false
            headers: { Authorization: Bearer any }
            health: { method: GET, path: /admin/config }
            items: { values: [{ title: Emma, author: Jane Austen }, { title: Ulysses, author: James Joyce }] }
            operations:
              summary:
                method: POST
                path: /v1/chat/completions
                headers: { X-Request-Id: "{requestId}" }
                body: { model: gpt-4o-mini, messages: [{ role: user, content: "Summarise {title} by {author}." }] }
              streamedSummary:
                method: POST
                path: /v1/chat/completions
                headers: { X-Request-Id: "{requestId}" }
                body: { model: gpt-4o-mini, stream: true, messages: [{ role: user, content: "Summarise {title} by {author}." }] }
                stream: { format: sse, text: choices.0.delta.content, end: "[DONE]" }
            answer:
              text: choices.0.message.content
              model: model
              inputTokens: usage.prompt_tokens
              outputTokens: usage.completion_tokens
            metrics: { dialect: micrometer }
            """;

    private static final String BOOKS = """
            name: books
            baseUrl: http://localhost:9
            health: { method: GET, path: /health }
            items: { values: [{ bookId: 1 }] }
            operations:
              summary:
                method: POST
                path: /api/v1/Books/{bookId}/generate-summary
                headers: { X-Request-Id: "{requestId}" }
            answer:
              text: aiGeneratedSummary
              model: model
              provider: provider
              inputTokens: inputTokens
              outputTokens: outputTokens
              costUsd: costUsd
              attempts: attempts
              cache: cache
            """;

    private static final String GATEWAY = """
            name: gateway
            baseUrl: http://localhost:9
            health: { method: GET, path: /health }
            items: { values: [{ title: Emma }, { title: Ulysses }] }
            operations:
              summary:
                method: POST
                path: /stream
                headers: { X-Request-Id: "{requestId}" }
                body: { model: gpt-4o-mini, stream: true, messages: [{ role: user, content: "Summarise {title}." }] }
                stream: { format: sse, text: choices.0.delta.content, end: "[DONE]" }
              order:
                method: POST
                path: /orders
                idempotency: Idempotency-Key
                expect: 201
                body: { title: "{title}" }
            """;

    private static final String[] OF_RETRIES_AND_CANCELLATION = {"stream-cancel", "idempotency", "idempotency-conflict"
    };

    @TempDir
    private Path folder;

    private final PerfProcess perf = new PerfProcess();

    @Test
    void soundServicePassesEveryItemThatCanBeSeen() throws Exception {
        try (SimulatorServer provider =
                SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"))) {
            int exitCode = verify(CHAT, provider.baseUrl().toString());

            assertThat(perf.out())
                    .contains("pass     status", "pass     stream ", "pass     malformed-body")
                    .endsWith("page " + folder.resolve("out/checklist.html") + "\n");
            assertThat(folder.resolve("out/checklist.html"))
                    .content()
                    .contains("<h1>chat</h1>", provider.baseUrl() + "/actuator/prometheus gave no metrics");
            assertThat(named("FAIL")).isEmpty();
            assertThat(named("PASS"))
                    .contains(
                            "health",
                            "json",
                            "text",
                            "usage",
                            "usage-plausible",
                            "unknown-path",
                            "error-format",
                            "limits");
            assertThat(exitCode).isZero();
        }
    }

    @Test
    void defectsOfARunningServiceAreNamedWithTheirRemedies() throws Exception {
        int otlpPort = FreePort.find();
        try (SimulatedBookStore service =
                SimulatedBookStore.sendingSpansTo(otlpPort, Defect.TWICE_THE_TOKENS, Defect.INTERNAL_SPANS)) {
            int exitCode = verify(
                    BOOKS, service.baseUrl().toString(), "--otlp-port", String.valueOf(otlpPort), "-e", "LLM_P95_MS=1");

            assertThat(named("FAIL")).contains("counted-once", "span-kind", "unknown-path", "limits");
            assertThat(named("PASS"))
                    .contains("trace-context", "cost", "cost-price", "status")
                    .contains("span-names", "span-attributes")
                    .contains("metric-names", "metric-units", "metric-buckets", "metric-labels");
            assertThat(named("UNKNOWN")).contains("stream", "malformed-body");
            assertThat(perf.out()).contains("Start the spans of calls as CLIENT.");
            assertThat(exitCode).isEqualTo(99);
        }
    }

    @Test
    void gatewayThatEndsCallsAndKeepsKeysPasses() throws Exception {
        try (StreamingGateway gateway = StreamingGateway.start()) {
            verify(GATEWAY, gateway.baseUrl().toString());

            assertThat(named("FAIL")).isEmpty();
            assertThat(named("PASS")).contains(OF_RETRIES_AND_CANCELLATION);
        }
    }

    @Test
    void gatewayThatReadsOnAndLooksAtNoKeyIsNamed() throws Exception {
        try (StreamingGateway gateway = StreamingGateway.careless()) {
            verify(GATEWAY, gateway.baseUrl().toString());

            assertThat(named("FAIL")).containsExactlyInAnyOrder(OF_RETRIES_AND_CANCELLATION);
        }
    }

    @Test
    void serviceThatDoesNotAnswerIsSaidAtOnce() throws Exception {
        try (ClosedPort nobody = new ClosedPort()) {
            int exitCode = verify(CHAT, nobody.url());

            assertThat(perf.err()).contains("Nothing answers at " + nobody.url());
            assertThat(exitCode).isEqualTo(69);
        }
    }

    @Test
    void addressOfMetricsThatIsNoneIsNamedBeforeAnythingIsAsked() throws Exception {
        int exitCode = verify(CHAT, "http://127.0.0.1:9", "--metrics", "metrics");

        assertThat(perf.err())
                .isEqualTo("--metrics must be an http or https URL such as http://localhost:7002, was \"metrics\".\n");
        assertThat(exitCode).isEqualTo(64);
    }

    @Test
    void misspeltVariableIsNamedBeforeAnythingIsAsked() throws Exception {
        int exitCode = verify(CHAT, "http://127.0.0.1:9", "-e", "LLM_P95_M=1");

        assertThat(perf.err()).isEqualTo("Unknown variable \"LLM_P95_M\": the scripts of this kit read LLM_P95_MS.\n");
        assertThat(exitCode).isEqualTo(64);
    }

    private int verify(String descriptor, String address, String... more) throws IOException {
        Path target = Files.writeString(folder.resolve("target.yml"), descriptor);
        List<String> arguments = new ArrayList<>(List.of(
                "verify",
                "--target",
                target.toString(),
                "--base-url",
                address,
                "--scripts",
                "k6",
                "--out",
                folder.resolve("out").toString(),
                "-e",
                "LLM_P95_MS=600000",
                "-e",
                "LLM_P99_MS=600000"));
        arguments.addAll(List.of(more));
        return perf.run(new EmbeddedEngineOption(), arguments.toArray(String[]::new));
    }

    private List<String> named(String state) throws IOException {
        JsonNode items = new ObjectMapper()
                .readTree(folder.resolve("out/checklist.json").toFile())
                .path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.path("state").asText().equals(state))
                .map(item -> item.path("name").asText())
                .toList();
    }
}
