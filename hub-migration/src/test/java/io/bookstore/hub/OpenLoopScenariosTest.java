package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.results.CrossCheck;
import io.bookstore.perf.results.ErrorKind;
import io.bookstore.perf.results.ThresholdResult;
import io.bookstore.testing.LogTail;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The open-loop twins of the guide's scenarios, one after the other against a packaged service that serves nothing else. */
class OpenLoopScenariosTest {

    private static final Pattern ERROR_RATES = Pattern.compile("(llm_errors|crud_errors|http_req_failed).*");

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
     * arrivals as a long one; then, and only then, the run has crossed its limit. It may also have a hundred requests under
     * way, of which the service refuses what it cannot serve.
     */
    @ParameterizedTest
    @CsvSource({
        "ai-load-open, 0.01",
        "ai-stress-open, 0.01",
        "ai-spike-open, 0.01",
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
        long refused = refused(run);
        assertThat(run.result().crossed())
                .as(run.crossedLimits().toString())
                .extracting(ThresholdResult::metric)
                .filteredOn(
                        metric -> refused == 0 || !ERROR_RATES.matcher(metric).matches())
                .isEqualTo(dropped == 0 ? List.of() : List.of("dropped_iterations"));
        assertThat(run.result().verdict().passed())
                .as(LogTail.of(run.log()))
                .isEqualTo(run.crossedLimits().isEmpty());
        assertThat(run.result().run().loads()).singleElement().satisfies(load -> {
            assertThat(load.openLoop()).isTrue();
            assertThat(load.executor()).isEqualTo("ramping-arrival-rate");
        });
        assertThat(Files.readString(run.folder().resolve("report.html"))).contains("open loop");
        assertAllCountAlike(run, refused);
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
        assertAllCountAlike(run, 0);
    }

    /** The number of answers that were refused for load. A run may have no other error. */
    private static long refused(ScenarioRun run) {
        assertThat(run.result().errors()).extracting(ErrorKind::status).allMatch(status -> status == 503);
        return run.result().errors().stream().mapToLong(ErrorKind::count).sum();
    }

    /** @param refused the number of answers that need not have reached the provider */
    private static void assertAllCountAlike(ScenarioRun run, long refused) {
        CrossCheck counts = Objects.requireNonNull(run.result().crossCheck());
        assertThat(counts.engine()).isPositive();
        assertThat(counts.service()).as("the service's count").isEqualTo(counts.engine());
        assertThat(counts.simulator())
                .as("the simulator's count")
                .isBetween(counts.engine() - refused, counts.engine());
    }

    private static ScenarioRun run(String scenario, Map<String, String> variables) throws InterruptedException {
        return ScenarioRun.of(scenario, variables, service.baseUrl(), folder.resolve(scenario));
    }
}
