package io.bookstore.hub;

import static io.bookstore.hub.GuideRuns.SHORT_MIXED;
import static io.bookstore.hub.GuideRuns.SHORT_SMOKE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.dashboards.Prometheus;
import io.bookstore.testing.Command;
import io.bookstore.testing.OtlpReceiver;
import io.bookstore.testing.Program;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The guide from top to bottom against one service with an instant provider, a test for each claim; {@link
 * GuidePlanTest} has the claims that need none, {@code docs/guide.md} tells all in words.
 */
class GuideTest {

    private static final ObjectMapper json = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static OtlpReceiver receiver;
    private static BookStoreService service;
    private static GuideRuns runs;

    @BeforeAll
    static void start() throws Exception {
        receiver = OtlpReceiver.start();
        service = BookStoreService.start(
                folder.resolve("api.log"),
                Map.of(
                        "SIMULATOR_PROFILE", "zero",
                        "OTEL_TRACES_EXPORTER", "otlp",
                        "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                        "OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint()));
        runs = new GuideRuns(service, folder);
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        receiver.close();
    }

    // Overview

    @Test
    void endpointGeneratesSummaries() throws Exception {
        JsonNode book = service.anyBook();

        JsonNode answer =
                json.readTree(service.post("/api/v1/Books/" + book.get("id").asText() + "/generate-summary")
                        .body());

        assertThat(answer.get("bookId")).isEqualTo(book.get("id"));
        assertThat(answer.get("title")).isEqualTo(book.get("title"));
        assertThat(answer.get("author")).isEqualTo(book.get("author"));
        assertThat(answer.get("provider").asText()).isEqualTo("anthropic");
        assertThat(answer.get("aiGeneratedSummary").asText()).isNotBlank();
        assertThat(answer.get("simulated").asBoolean()).isTrue();
    }

    // Custom test parameters

    @Test
    void baseUrlNamesTheServiceAndEveryRequestArrivesThere() throws Exception {
        runs.smoke().assertPassed();
        assertThat(runs.smoke().count("llm_operations"))
                .isPositive()
                .isEqualTo(runs.servedBySmoke())
                .isEqualTo(runs.journalledBySmoke());
    }

    @Test
    void twentyPercentOfRequestsAreForTheModelAndThirtyPercentOfUsersSendThem() throws Exception {
        runs.mixed().assertShares(0.20, 0.30);
    }

    @Test
    void heavyWorkloadHasFiftyPercentOfRequestsFromSixtyPercentOfUsers() throws Exception {
        runs.embedded("mixed-heavy", SHORT_MIXED, "mixed-heavy").assertShares(0.50, 0.60);
    }

    @Test
    void sharesCanBeChosen() throws Exception {
        Map<String, String> chosen = new TreeMap<>(SHORT_MIXED);
        chosen.putAll(Map.of("LLM_PERCENTAGE", "35", "AI_USERS", "50"));

        runs.embedded("mixed", chosen, "custom").assertShares(0.35, 0.50);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LLM_PERCENTAGE=150 | embedded | LLM_PERCENTAGE must be a number from 0 to 100, was "150".
            AI_USERS=x         | embedded | AI_USERS must be a number from 0 to 100, was "x".
            TARGET=moon        | embedded | TARGET "moon" has no descriptor
            AI_USERS=50        | warp     | Unknown engine "warp": --engine must be auto,
            """)
    void badParameterIsOneSentence(String variable, String engine, String sentence) {
        Command.Result run = PerfRun.commandLine(
                "run",
                "mixed",
                "--scripts",
                ScriptPlan.scripts.toString(),
                "--base-url",
                service.baseUrl(),
                "--env",
                variable,
                "--engine",
                engine,
                "--out",
                folder.resolve("bad").toString());

        assertThat(run.exitCode()).as(run.tail()).isEqualTo(64);
        assertThat(run.output()).contains(sentence).doesNotContain("\tat ");
    }

    // Performance thresholds

    @Test
    void crudLimitsAreTheGuides() throws Exception {
        ScriptPlan plan = ScriptPlan.ofScenario("mixed", Map.of());

        assertThat(plan.limits("crud_response_time")).containsExactlyInAnyOrder("p(95)<1000", "p(99)<2000");
        assertThat(plan.limits("crud_errors")).containsExactly("rate<0.01");
        assertThat(runs.mixed().rate("crud_errors")).isZero();
    }

    @Test
    void runIsJudgedByEveryLimitOfItsScript() throws Exception {
        Map<String, String> variables = new TreeMap<>(ScenarioRun.PATIENT_LIMITS);
        variables.putAll(SHORT_MIXED);
        ScriptPlan plan = ScriptPlan.ofScenario("mixed", variables);

        PerfRun run = runs.mixed();
        run.assertPassed();
        assertThat(plan.thresholds())
                .isNotEmpty()
                .allSatisfy((metric, expressions) ->
                        assertThat(run.limits(metric)).as(metric).containsExactlyInAnyOrderElementsOf(expressions));
    }

    // Metrics collected

    @Test
    void llmMetricsHaveTheGuidesNames() throws Exception {
        assertThat(runs.smoke().names())
                .contains("llm_errors", "llm_response_time", "llm_operations", "llm_concurrent_requests");
    }

    @Test
    void mixedMetricsHaveTheGuidesNames() throws Exception {
        assertThat(runs.mixed().names())
                .contains(
                        "crud_errors",
                        "llm_errors",
                        "crud_response_time",
                        "llm_response_time",
                        "crud_operations",
                        "llm_operations",
                        "total_operations");
        assertThat(runs.mixed().count("total_operations"))
                .isEqualTo(runs.mixed().count("crud_operations") + runs.mixed().count("llm_operations"));
    }

    // Monitoring LLM operations

    @Test
    void spanCarriesTheGuidesTags() throws Exception {
        runs.smoke().assertPassed();

        List<Map<String, Object>> calls = await("spans, which leave the service in batches")
                .until(
                        () -> receiver.spans().stream()
                                .map(OtlpReceiver::attributes)
                                .filter(tags -> tags.containsKey("llm.request.type"))
                                .toList(),
                        found -> !found.isEmpty());

        assertThat(calls).allSatisfy(tags -> {
            assertThat(tags)
                    .containsEntry("llm.request.type", "chat")
                    .containsEntry("llm.system", "anthropic")
                    .containsKeys("llm.model.name", "llm.latency", "gen_ai.request.max_tokens");
            assertThat((Long) tags.get("gen_ai.usage.input_tokens")).isPositive();
            assertThat((Long) tags.get("gen_ai.usage.output_tokens")).isPositive();
        });
    }

    @Test
    void engineServiceSimulatorAndPrometheusCountAlikeAndTheGuidesQueriesAnswer() throws Exception {
        Program program = Program.orSkip("prometheus", "prometheus");
        String route = "{http_route=~\".*generate-summary.*\"}";
        String failed = "{http_route=~\".*generate-summary.*\",http_response_status_code=~\"5..\"}";
        String count = "http_server_request_duration_seconds_count";
        try (Prometheus prometheus = Prometheus.start(
                program,
                Files.createDirectory(folder.resolve("prometheus")),
                URI.create(service.baseUrl()).getAuthority())) {
            runs.smoke().assertPassed();
            await().until(() -> !prometheus.query("sum(" + count + route + ")").isEmpty());
            double scraped = prometheus.only("sum(" + count + route + ")");
            long served = service.summaryRequests();
            long journalled = service.journalled();
            PerfRun run = runs.embedded("ai-smoke", SHORT_SMOKE, "scraped");
            long sent = run.count("llm_operations");

            assertThat(sent).isPositive();
            assertThat(service.summaryRequests() - served).isEqualTo(sent);
            assertThat(service.journalled() - journalled).isEqualTo(sent);
            await("the scrape that brings the last request")
                    .untilAsserted(() -> assertThat(prometheus.only("sum(" + count + route + ")") - scraped)
                            .isEqualTo(sent));
            assertThat(prometheus.only("sum(rate(" + count + route + "[1m]))")).isPositive();
            assertThat(prometheus.only("histogram_quantile(0.95, sum(rate(http_server_request_duration_seconds_bucket"
                            + route + "[1m])) by (le))"))
                    .isPositive();
            // No request failed, and a rate of a series that does not exist is empty.
            assertThat(prometheus.query("sum(rate(" + count + failed + "[1m])) / sum(rate(" + count + route + "[1m]))"))
                    .isEmpty();
        }
    }

    // Best practices

    @Test
    void costFollowsFromTokens() throws Exception {
        JsonNode answer = service.freshSummary();

        double expected = answer.get("inputTokens").asInt() * 3e-6
                + answer.get("outputTokens").asInt() * 15e-6;

        assertThat(answer.get("costUsd").asDouble()).isCloseTo(expected, within(1e-9));
    }

    @Test
    void cachedSummaryCostsNothingMore() throws Exception {
        String path = "/api/v1/Books/" + service.anyBook().get("id").asText() + "/generate-summary";
        service.post(path);

        JsonNode second = json.readTree(service.post(path).body());

        assertThat(second.get("cache").asText()).isEqualTo("hit");
        assertThat(service.metric("llm_cache_requests_total", "result=\"hit\"")).isPositive();
        assertThat(service.metric("llm_cache_saved_usd_total", "")).isPositive();
    }

    // Troubleshooting

    @Test
    void guidesRequestForBooksListsThem() throws Exception {
        JsonNode page =
                json.readTree(service.get("/api/v1/Books?page=1&pageSize=10").body());

        assertThat(page.get("books")).hasSize(10);
    }

    @Test
    void healthCheckSaysThatTheServiceIsReady() {
        Command.Result check = PerfRun.commandLine("health", "--base-url", service.baseUrl());

        assertThat(check.exitCode()).as(check.tail()).isZero();
    }

    // Future enhancements

    @ParameterizedTest
    @CsvSource({
        "llm_tokens_total, input",
        "llm_tokens_total, output",
        "llm_cost_usd_total, model",
        "llm_summary_length_chars_count, model",
        "llm_summary_finish_total, model",
        "llm_cache_requests_total, result"
    })
    void metricThatTheGuideWishesForExists(String series, String label) throws Exception {
        runs.smoke().assertPassed();

        assertThat(service.metric(series, label)).isPositive();
    }
}
