package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.results.CrossCheck;
import io.bookstore.perf.results.ThresholdResult;
import io.bookstore.testing.LogTail;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The open-loop twins of the guide's scenarios, one after the other against a packaged service that serves nothing else. */
class OpenLoopScenariosTest {

    @TempDir
    private static Path folder;

    private static BookStoreService service;

    @BeforeAll
    static void start() {
        service = BookStoreService.start(folder.resolve("api.log"), Map.of("SIMULATOR_PROFILE", "zero"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /**
     * Each planned arrival is an iteration or was dropped. A slow machine may drop some, for a short run has as many
     * arrivals as a long one; then, and only then, the run has crossed its limit.
     */
    @ParameterizedTest
    @CsvSource({
        "ai-load-open, 0.005",
        "ai-stress-open, 0.005",
        "ai-spike-open, 0.005",
        "mixed-open, 0.005",
        "mixed-heavy-open, 0.005"
    })
    void openTwinAccountsForEveryArrivalAndTheReportSaysThatItIsOpen(String scenario, String scale) throws Exception {
        Map<String, String> variables = Map.of("DURATION_SCALE", scale);
        ScenarioRun run = run(scenario, variables);

        long dropped = run.count("dropped_iterations");
        assertThat(run.count("iterations") + dropped)
                .as("%d iterations and %d dropped ones", run.count("iterations"), dropped)
                .isEqualTo(ScriptPlan.ofScenario(scenario, variables).arrivals());
        assertThat(run.result().crossed())
                .as(run.crossedLimits().toString())
                .extracting(ThresholdResult::metric)
                .isEqualTo(dropped == 0 ? List.of() : List.of("dropped_iterations"));
        assertThat(run.result().verdict().passed()).as(LogTail.of(run.log())).isEqualTo(dropped == 0);
        assertThat(run.nonZero("llm_errors")).as("failed summaries").isZero();
        assertThat(run.result().run().loads()).singleElement().satisfies(load -> {
            assertThat(load.openLoop()).isTrue();
            assertThat(load.executor()).isEqualTo("ramping-arrival-rate");
        });
        assertThat(Files.readString(run.folder().resolve("report.html"))).contains("open loop");
        assertAllCountAlike(run);
    }

    /** This one has more virtual users than arrivals, so nothing but a defect can drop one. */
    @Test
    void smallOpenTwinDropsNothing() throws Exception {
        Map<String, String> variables = Map.of("DURATION_SCALE", "0.02");
        ScenarioRun run = run("ai-smoke-open", variables);

        run.assertPassed();
        assertThat(run.count("dropped_iterations")).isZero();
        assertThat(run.count("llm_operations"))
                .isPositive()
                .isEqualTo(ScriptPlan.ofScenario("ai-smoke-open", variables).arrivals());
        assertAllCountAlike(run);
    }

    private static void assertAllCountAlike(ScenarioRun run) {
        CrossCheck counts = Objects.requireNonNull(run.result().crossCheck());
        assertThat(counts.engine()).isPositive();
        assertThat(counts.service()).as("the service's count").isEqualTo(counts.engine());
        assertThat(counts.simulator()).as("the simulator's count").isEqualTo(counts.engine());
    }

    private static ScenarioRun run(String scenario, Map<String, String> variables) throws InterruptedException {
        return ScenarioRun.of(scenario, variables, service.baseUrl(), folder.resolve(scenario));
    }
}
