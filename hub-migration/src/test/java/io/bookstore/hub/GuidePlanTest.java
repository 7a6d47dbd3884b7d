package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.scenario.Scenario;
import io.bookstore.perf.scenario.Scenarios;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The claims of the guide that need no service: stages, limits, targets and panels; {@link GuideTest} has the others.
 */
class GuidePlanTest {

    private static final Path root = Checkout.root();

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

    @ParameterizedTest
    @CsvSource({"llm_load, 5", "llmLoad, 5", "llm_spike, 20"})
    void scenarioSelectsAProfileInEitherSpelling(String profile, int users) throws Exception {
        ScriptPlan plan = ScriptPlan.of("tests/ai-summary.js", Map.of("SCENARIO", profile));

        assertThat(plan.mostUsers()).isEqualTo(users);
    }

    // Performance thresholds

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

    // Grafana dashboard

    @Test
    void dashboardHasTheGuidesPanels() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(root.resolve("dashboards/grafana/bookstore-perf.json").toFile());

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

    // Troubleshooting

    @Test
    void healthWaitReallyFails() {
        Command.Result check = PerfRun.commandLine("health", "--base-url", "http://127.0.0.1:1", "--wait", "1");

        assertThat(check.exitCode()).as(check.tail()).isEqualTo(69);
        assertThat(check.output()).contains("http://127.0.0.1:1").doesNotContain("\tat ");
    }
}
