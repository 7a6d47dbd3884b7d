package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.dashboards.Prometheus;
import io.bookstore.perf.scenario.Scenario;
import io.bookstore.perf.scenario.Scenarios;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.Command;
import io.bookstore.testing.OtlpReceiver;
import io.bookstore.testing.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The guide from top to bottom, a test for each claim; {@code docs/guide.md} tells the same in words.
 *
 * <p>One service with an instant provider serves every test; the runs are short, the true stages and limits are read from
 * the scripts' own options.
 */
class GuideTest {

    private static final Path root = Checkout.root();
    private static final ObjectMapper json = new ObjectMapper();
    private static final Map<String, String> SHORT_MIXED = Map.of("DURATION_SCALE", "0.003");

    @TempDir
    private static Path folder;

    private static OtlpReceiver receiver;
    private static BookStoreService service;
    private static @Nullable PerfRun smoke;
    private static long servedBySmoke;
    private static long journalledBySmoke;
    private static @Nullable PerfRun mixed;

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
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        receiver.close();
    }

    /** The run of {@code make perf-ai-smoke}, made when the first test asks for it. */
    private static PerfRun smoke() throws Exception {
        if (smoke == null) {
            long served = service.summaryRequests();
            long journalled = service.journalled();
            smoke = packaged("ai-smoke", "ai-smoke", Map.of());
            servedBySmoke = service.summaryRequests() - served;
            journalledBySmoke = service.journalled() - journalled;
        }
        return smoke;
    }

    /** The run of {@code make perf-mixed}, likewise. */
    private static PerfRun mixed() throws Exception {
        if (mixed == null) {
            mixed = packaged("mixed", "mixed", SHORT_MIXED);
        }
        return mixed;
    }

    /** A run by the packaged program. */
    private static PerfRun packaged(String scenario, String output, Map<String, String> variables) throws Exception {
        Map<String, String> complete = new TreeMap<>(ScenarioRun.PATIENT_LIMITS);
        complete.put("DURATION_SCALE", "0.02");
        complete.put("BASE_URL", service.baseUrl());
        complete.putAll(variables);
        return PerfRun.run(scenario, folder.resolve(output), complete);
    }

    private static PerfRun embedded(String scenario, Map<String, String> environment, String output) throws Exception {
        return PerfRun.embedded(scenario, folder.resolve(output), service.baseUrl(), environment);
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

    // Test scenarios

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tests/ai-summary.js         | llm_smoke   |  3 |  2 | 30s to 1, 2m to 2, 30s to 0
            tests/ai-summary.js         | llm_load    | 12 |  5 | 1m to 3, 5m to 5, 5m to 5, 1m to 0
            tests/ai-summary.js         | llm_stress  | 17 | 15 | 2m to 5, 5m to 10, 5m to 15, 3m to 15, 2m to 0
            tests/ai-summary.js         | llm_spike   |  8 | 20 | 30s to 2, 1m to 2, 20s to 20, 3m to 20, 20s to 2, 2m20s to 2, 30s to 0
            scenarios/mixed-workload.js | mixed       | 23 | 15 | 1m to 5, 3m to 10, 10m to 10, 2m to 15, 5m to 15, 2m to 0
            scenarios/mixed-workload.js | mixed_heavy | 23 | 15 | 1m to 5, 3m to 10, 10m to 10, 2m to 15, 5m to 15, 2m to 0
            """)
    void stagesDurationAndUsersAreTheGuides(String script, String profile, long minutes, int users, String stages)
            throws Exception {
        ScriptPlan plan = ScriptPlan.of(script, Map.of("SCENARIO", profile));

        assertThat(plan.duration()).isEqualTo(Duration.ofMinutes(minutes));
        assertThat(plan.mostUsers()).isEqualTo(users);
        assertThat(plan.stages()).isEqualTo(stages);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "perf-ai-smoke",
                "perf-ai-load",
                "perf-ai-stress",
                "perf-ai-spike",
                "perf-mixed",
                "perf-mixed-heavy",
                "perf-ai-all",
                "run-aspire",
                "health-check",
                "health-wait",
                "seed-data"
            })
    void makeTargetOfTheGuideExists(String target) throws IOException {
        assertThat(Files.readString(root.resolve("Makefile"))).containsPattern("(?m)^" + target + ":.* ## ");
    }

    @Test
    void suiteRunsAllAiTestsInAboutFortyMinutes() throws Exception {
        List<Scenario> suite = Scenarios.in(ScriptPlan.scripts).named("ai-all");

        Duration total = Duration.ZERO;
        for (Scenario scenario : suite) {
            total = total.plus(ScriptPlan.of(scenario.script(), scenario.env()).duration());
        }

        assertThat(suite).extracting(Scenario::name).containsExactly("ai-smoke", "ai-load", "ai-stress", "ai-spike");
        assertThat(total).isEqualTo(Duration.ofMinutes(40));
    }

    // Custom test parameters

    @Test
    void baseUrlNamesTheServiceAndEveryRequestArrivesThere() throws Exception {
        smoke().assertPassed();
        assertThat(smoke().count("llm_operations"))
                .isPositive()
                .isEqualTo(servedBySmoke)
                .isEqualTo(journalledBySmoke);
    }

    @ParameterizedTest
    @CsvSource({"llm_load, 5", "llmLoad, 5", "llm_spike, 20"})
    void scenarioSelectsAProfileInEitherSpelling(String profile, int users) throws Exception {
        ScriptPlan plan = ScriptPlan.of("tests/ai-summary.js", Map.of("SCENARIO", profile));

        assertThat(plan.mostUsers()).isEqualTo(users);
    }

    @Test
    void twentyPercentOfRequestsAreForTheModelAndThirtyPercentOfUsersSendThem() throws Exception {
        assertShares(mixed(), 0.20, 0.30);
    }

    @Test
    void heavyWorkloadHasFiftyPercentOfRequestsFromSixtyPercentOfUsers() throws Exception {
        PerfRun heavy = embedded("mixed-heavy", Map.of("DURATION_SCALE", "0.003"), "mixed-heavy");

        assertShares(heavy, 0.50, 0.60);
    }

    @Test
    void sharesCanBeChosen() throws Exception {
        PerfRun custom = embedded(
                "mixed", Map.of("DURATION_SCALE", "0.002", "LLM_PERCENTAGE", "35", "AI_USERS", "50"), "custom");

        assertShares(custom, 0.35, 0.50);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LLM_PERCENTAGE | 150 | 64 | LLM_PERCENTAGE must be a number from 0 to 100, was "150".
            AI_USERS       | x   | 64 | AI_USERS must be a number from 0 to 100, was "x".
            TARGET         | moon | 64 | TARGET "moon" has no descriptor
            K6_ENGINE      | warp | 64 | Unknown engine "warp": K6_ENGINE must be auto,
            """)
    void badParameterIsOneSentence(String name, String value, int exitCode, String sentence) throws Exception {
        Command.Result run = PerfRun.perf(
                Map.of("BASE_URL", service.baseUrl(), name, value),
                "run",
                "mixed",
                "--out",
                folder.resolve("bad-" + name).toString());

        assertThat(run.exitCode()).as(run.tail()).isEqualTo(exitCode);
        assertThat(run.output()).contains(sentence).doesNotContain("\tat ");
    }

    // Performance thresholds

    @Test
    void crudLimitsAreTheGuides() throws Exception {
        ScriptPlan plan = ScriptPlan.ofScenario("mixed", Map.of());

        assertThat(plan.limits("crud_response_time")).containsExactlyInAnyOrder("p(95)<1000", "p(99)<2000");
        assertThat(plan.limits("crud_errors")).containsExactly("rate<0.01");
        assertThat(mixed().rate("crud_errors")).isZero();
    }

    @Test
    void llmLimitsAreTheGuides() {
        for (String scenario : List.of("ai-smoke", "mixed")) {
            ScriptPlan plan = ScriptPlan.ofScenario(scenario, Map.of());

            assertThat(plan.limits("llm_response_time")).containsExactlyInAnyOrder("p(95)<8000", "p(99)<12000");
            assertThat(plan.limits("llm_errors")).contains("rate<0.05");
        }
    }

    @Test
    void mixedLimitsAreTheGuides() {
        ScriptPlan plan = ScriptPlan.ofScenario("mixed", Map.of());

        assertThat(plan.limits("http_req_duration{scenario:mixed}"))
                .containsExactlyInAnyOrder("p(95)<5000", "p(99)<10000");
        assertThat(plan.limits("http_req_failed{scenario:mixed}")).containsExactly("rate<0.02");
    }

    @Test
    void runIsJudgedByEveryLimitOfItsScript() throws Exception {
        Map<String, String> variables = new TreeMap<>(ScenarioRun.PATIENT_LIMITS);
        variables.putAll(SHORT_MIXED);
        ScriptPlan plan = ScriptPlan.ofScenario("mixed", variables);

        PerfRun run = mixed();
        run.assertPassed();
        assertThat(plan.thresholds())
                .isNotEmpty()
                .allSatisfy((metric, expressions) ->
                        assertThat(run.limits(metric)).as(metric).containsExactlyInAnyOrderElementsOf(expressions));
    }

    // Metrics collected

    @Test
    void llmMetricsHaveTheGuidesNames() throws Exception {
        assertThat(smoke().names())
                .contains("llm_errors", "llm_response_time", "llm_operations", "llm_concurrent_requests");
    }

    @Test
    void mixedMetricsHaveTheGuidesNames() throws Exception {
        assertThat(mixed().names())
                .contains(
                        "crud_errors",
                        "llm_errors",
                        "crud_response_time",
                        "llm_response_time",
                        "crud_operations",
                        "llm_operations",
                        "total_operations");
        assertThat(mixed().count("total_operations"))
                .isEqualTo(mixed().count("crud_operations") + mixed().count("llm_operations"));
    }

    // Grafana dashboard

    @Test
    void dashboardHasTheGuidesPanels() throws IOException {
        JsonNode dashboard = json.readTree(
                root.resolve("dashboards/grafana/bookstore-perf.json").toFile());

        Set<String> titles = new TreeSet<>(dashboard.findValuesAsText("title"));

        assertThat(dashboard.get("uid").asText()).isEqualTo("bookstore-perf");
        assertThat(titles)
                .contains(
                        "LLM requests per second",
                        "LLM P95 latency",
                        "LLM error rate",
                        "LLM requests (5m)",
                        "LLM latency percentiles",
                        "LLM and other traffic",
                        "LLM status codes",
                        "LLM token usage");
    }

    // Monitoring LLM operations

    @Test
    void spanCarriesTheGuidesTags() throws Exception {
        smoke().assertPassed();

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
            smoke().assertPassed();
            await().until(() -> !prometheus.query("sum(" + count + route + ")").isEmpty());
            double scraped = prometheus.only("sum(" + count + route + ")");
            long served = service.summaryRequests();
            long journalled = service.journalled();
            PerfRun run = packaged("ai-smoke", "scraped", Map.of());
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
    void healthCheckSaysThatTheServiceIsReady() throws Exception {
        Command.Result check = PerfRun.perf(Map.of("BASE_URL", service.baseUrl()), "health");

        assertThat(check.exitCode()).as(check.tail()).isZero();
    }

    @Test
    void healthWaitReallyFails() throws Exception {
        Command.Result check = PerfRun.perf(Map.of("BASE_URL", "http://127.0.0.1:1"), "health", "--wait", "1");

        assertThat(check.exitCode()).as(check.tail()).isEqualTo(69);
        assertThat(check.output()).contains("http://127.0.0.1:1").doesNotContain("\tat ");
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
        smoke().assertPassed();

        assertThat(service.metric(series, label)).isPositive();
    }

    private static void assertShares(PerfRun run, double llmShare, double aiUsers) throws IOException {
        run.assertPassed();
        assertShare(run, "llm_share", llmShare);
        assertShare(run, "ai_user_share", aiUsers);
        assertThat(run.count("llm_operations"))
                .as("requests to the model")
                .isEqualTo(run.passes("llm_share"))
                .isPositive();
    }

    /** Every hundred requests have the share exactly, and any stretch of them, however short, to within two requests. */
    private static void assertShare(PerfRun run, String metric, double share) {
        assertThat((double) run.passes(metric))
                .as("%s of %d requests", metric, run.total(metric))
                .isCloseTo(share * run.total(metric), within(2.0));
    }
}
