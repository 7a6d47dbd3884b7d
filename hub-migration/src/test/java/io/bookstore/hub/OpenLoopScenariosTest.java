package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.results.CrossCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The open-loop twins of the guide's scenarios, one after the other against a packaged service that serves nothing else. */
@Order(1)
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

    /** A run of less than 15 s has as many virtual users as arrivals: nothing but a defect drops one. */
    @ParameterizedTest
    @CsvSource({
        "ai-smoke-open, 0.06",
        "ai-load-open, 0.006",
        "ai-stream-smoke-open, 0.06",
        "ai-stream-load-open, 0.006",
        "ai-stress-open, 0.004",
        "ai-spike-open, 0.008",
        "mixed-open, 0.002",
        "mixed-heavy-open, 0.002"
    })
    void openTwinAccountsForEveryArrivalAndTheReportSaysThatItIsOpen(String scenario, String scale) throws Exception {
        Map<String, String> variables = Map.of("DURATION_SCALE", scale);
        ScenarioRun run = run(scenario, variables);

        run.assertPassed();
        assertThat(run.count("dropped_iterations")).isZero();
        assertThat(run.count("iterations"))
                .isPositive()
                .isEqualTo(ScriptPlan.ofScenario(scenario, variables).arrivals());
        assertThat(run.result().run().loads()).singleElement().satisfies(load -> {
            assertThat(load.openLoop()).isTrue();
            assertThat(load.executor()).isEqualTo("ramping-arrival-rate");
        });
        assertThat(Files.readString(run.folder().resolve("report.html"))).contains("open loop");
        assertAllCountAlike(run);
    }

    private static void assertAllCountAlike(ScenarioRun run) {
        CrossCheck counts = Objects.requireNonNull(run.result().crossCheck());
        assertThat(counts.engine()).isPositive().isEqualTo(run.count("llm_operations"));
        assertThat(counts.service()).as("the service's count").isEqualTo(counts.engine());
        assertThat(counts.simulator()).as("the simulator's count").isEqualTo(counts.engine());
    }

    private static ScenarioRun run(String scenario, Map<String, String> variables) throws InterruptedException {
        return ScenarioRun.of(scenario, variables, service.baseUrl(), folder.resolve(scenario));
    }
}
