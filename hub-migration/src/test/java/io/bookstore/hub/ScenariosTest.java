package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.results.CrossCheck;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ThresholdResult;
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

/** Every scenario that the guide does not have, against the packaged service; those of the guide are in {@link GuideTest}. */
class ScenariosTest {

    @TempDir
    private static Path folder;

    private static BookStoreService service;

    @BeforeAll
    static void start() {
        service = new BookStoreService(
                folder.resolve("api.log"),
                Map.of(
                        "SIMULATOR_PROFILE", "zero",
                        "BOOKSTORE_ERROR_TEST_ENABLED", "true",
                        "BOOKSTORE_LLM_RESILIENCE_BREAKER_WAIT", "300ms"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({"crud-smoke, 0.02", "crud-load, 0.005", "crud-stress, 0.003", "crud-spike, 0.005"})
    void plainRequestsPassAtEveryLoadAndLeaveNothingBehind(String scenario, String scale) throws Exception {
        RunResult result = run(scenario, Map.of("DURATION_SCALE", scale)).result();

        assertPassed(result);
        assertThat(result.count("crud_operations").orElseThrow()).isGreaterThan(10);
        assertThat(service.get("/api/v1/Books?genre=Load%20test").body()).contains("\"totalCount\":0");
    }

    @ParameterizedTest
    @CsvSource({
        "ai-smoke-open, 0.02",
        "ai-load-open, 0.01",
        "ai-stress-open, 0.01",
        "ai-spike-open, 0.01",
        "mixed-open, 0.015",
        "mixed-heavy-open, 0.015"
    })
    void openTwinHoldsItsRateAndTheReportSaysThatItIsOpen(String scenario, String scale) throws Exception {
        ScenarioRun run = run(scenario, Map.of("DURATION_SCALE", scale));

        assertPassed(run.result());
        assertThat(run.result().run().loads()).singleElement().satisfies(load -> {
            assertThat(load.openLoop()).isTrue();
            assertThat(load.executor()).isEqualTo("ramping-arrival-rate");
        });
        assertThat(Files.readString(run.folder().resolve("report.html"))).contains("open loop");
        assertThat(counts(run)).satisfies(counts -> assertThat(counts.agree()).isTrue());
    }

    @Test
    void everyErrorIsTheRightOneAndDisturbsNobody() throws Exception {
        RunResult result = run("errors", Map.of("DURATION_SCALE", "0.005")).result();

        assertPassed(result);
        assertThat(result.rate("unexpected_answers").orElseThrow().nonZero()).isZero();
        assertThat(result.count("error_answers").orElseThrow()).isGreaterThan(100);
    }

    @Test
    void serviceRecoversFromAFailingProviderAndPlainRequestsNeverNotice() throws Exception {
        RunResult result = run("chaos", Map.of("DURATION_SCALE", "0.02", "RECOVERY_MS", "5000"))
                .result();

        assertPassed(result);
        assertThat(result.rate("llm_errors").orElseThrow().nonZero())
                .as("failed summaries")
                .isPositive();
        assertThat(result.rate("crud_errors").orElseThrow().nonZero()).isZero();
        assertThat(result.trend("recovery_time").orElseThrow().max()).isLessThan(5000);
        assertThat(service.simulator("/admin/config").body())
                .as("after the run")
                .contains("\"faults\":[]");
    }

    @Test
    void longRunComparesItsEndWithItsBeginning() throws Exception {
        RunResult result = run("soak", Map.of("DURATION_SCALE", "0.02", "SOAK_DURATION", "6m", "DRIFT_RATIO", "20"))
                .result();

        assertPassed(result);
        assertThat(result.metric("crud_drift")).isPresent();
        assertThat(result.metric("llm_drift")).isPresent();
    }

    @Test
    void rateRisesUntilALimitIsCrossedAndTheLastGoodOneIsTold() throws Exception {
        ScenarioRun run = run("breakpoint", Map.of("DURATION_SCALE", "0.01", "BREAKPOINT_STEPS", "3"));

        assertPassed(run.result());
        assertThat(run.log()).contains("held: 180 summaries a minute");
        assertThat(run.folder().resolve("breakpoint.json")).hasContent("{\"heldPerMinute\":180}");
    }

    @Test
    void longerPromptsHaveMoreTokensAndCostMore() throws Exception {
        ScenarioRun run = run("payload-sweep", Map.of("DURATION_SCALE", "0.005", "PAYLOAD_SIZES", "100,2000"));

        assertPassed(run.result());
        List<String> lines = Files.readAllLines(run.folder().resolve("payload-sweep.csv"));
        assertThat(lines).hasSize(3);
        double few = Double.parseDouble(lines.get(1).split(",")[2]);
        double many = Double.parseDouble(lines.get(2).split(",")[2]);
        assertThat(many - few).as("tokens of 1,900 characters more").isBetween(300.0, 600.0);
    }

    private static ScenarioRun run(String scenario, Map<String, String> variables) throws InterruptedException {
        return ScenarioRun.of(scenario, new TreeMap<>(variables), service.baseUrl(), folder.resolve(scenario));
    }

    private static void assertPassed(RunResult result) {
        assertThat(result.crossed())
                .extracting(ThresholdResult::metric, ThresholdResult::actual)
                .isEmpty();
        assertThat(result.verdict().passed()).as(result.verdict().toString()).isTrue();
    }

    private static CrossCheck counts(ScenarioRun run) {
        return java.util.Objects.requireNonNull(run.result().crossCheck());
    }
}
