package io.bookstore.perf.engine.k6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bookstore.k6.run.RunPlan;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class K6InspectionTest {

    @Test
    void everyScenarioIsPlannedAtItsTime() {
        // when
        RunPlan plan = K6Inspection.plan("""
                        {"scenarios":{
                          "users":{"executor":"constant-vus","startTime":null,"vus":3,"duration":"1h2m3.5s"},
                          "rate":{"executor":"constant-arrival-rate","startTime":"10s","rate":4,"preAllocatedVUs":1,"duration":"1.25s"},
                          "few":{"executor":"shared-iterations","iterations":5,"maxDuration":"5m0s"}}}
                        """).orElseThrow();

        // then
        assertThat(plan.scenarios())
                .containsExactly(
                        new RunPlan.Scenario(
                                "users", "constant-vus", Duration.ZERO, Duration.ofMillis(3_723_500), 3, 3 * 3723.5),
                        new RunPlan.Scenario(
                                "rate",
                                "constant-arrival-rate",
                                Duration.ofSeconds(10),
                                Duration.ofMillis(1_250),
                                240,
                                5),
                        new RunPlan.Scenario("few", "shared-iterations", Duration.ZERO, Duration.ofMinutes(5), 1, 5));
    }

    @Test
    void shortcutsAreTheDefaultScenario() {
        RunPlan plan = K6Inspection.plan("{\"vus\":2,\"duration\":\"30s\",\"scenarios\":null}")
                .orElseThrow();

        assertThat(plan.scenarios())
                .containsExactly(
                        new RunPlan.Scenario("default", "constant-vus", Duration.ZERO, Duration.ofSeconds(30), 2, 60));
    }

    @Test
    void executorsThatOnlyK6HasArePlannedByTheirUsersAndDuration() {
        RunPlan plan = K6Inspection.plan("""
                        {"scenarios":{
                          "remote":{"executor":"externally-controlled","vus":2,"maxVUs":9,"duration":"30s"},
                          "page":{"executor":"per-vu-iterations","vus":2,"iterations":3,"options":{"browser":{"type":"chromium"}}}}}
                        """).orElseThrow();

        assertThat(plan.scenarios())
                .containsExactly(
                        new RunPlan.Scenario(
                                "remote", "externally-controlled", Duration.ZERO, Duration.ofSeconds(30), 2, 60),
                        new RunPlan.Scenario("page", "per-vu-iterations", Duration.ZERO, Duration.ofMinutes(10), 2, 6));
    }

    @Test
    void iterationsThatWaitForMomentsArePlannedAsTheArrivalRateThatTheyTell() {
        RunPlan plan = K6Inspection.plan("""
                        {"scenarios":{
                          "drawn":{"executor":"shared-iterations","vus":4,"iterations":30,"env":{"PLANNED_AS":
                            "{\\"executor\\":\\"poisson-arrival-rate\\",\\"rate\\":30,\\"timeUnit\\":\\"1m\\",\\"duration\\":\\"1m\\",\\"preAllocatedVUs\\":1}"}}}}
                        """).orElseThrow();

        assertThat(plan.scenarios())
                .containsExactly(new RunPlan.Scenario(
                        "drawn", "poisson-arrival-rate", Duration.ZERO, Duration.ofMinutes(1), 30, 30));
    }

    @Test
    void volumeIsTheAreaUnderTheStages() {
        RunPlan plan = K6Inspection.plan("""
                        {"scenarios":{
                          "users":{"executor":"ramping-vus","startVUs":0,"stages":[{"duration":"1m","target":4},{"duration":"2m","target":4}]},
                          "open":{"executor":"ramping-arrival-rate","startRate":0,"timeUnit":"1m","preAllocatedVUs":1,"stages":[{"duration":"2m","target":30}]}}}
                        """).orElseThrow();

        assertThat(plan.scenarios())
                .extracting(RunPlan.Scenario::peak, RunPlan.Scenario::volume, RunPlan.Scenario::countsIterations)
                .containsExactly(tuple(4, 600.0, false), tuple(30, 30.0, true));
    }

    @Test
    void anythingElseIsNoPlan() {
        assertThat(K6Inspection.plan("")).isEmpty();
        assertThat(K6Inspection.plan("ERRO[0000] no such file")).isEmpty();
    }

    @Test
    void versionIsReadFromTheFirstLine() {
        assertThat(K6Version.parse("k6 v1.7.1 (commit/abc, go1.24.1, linux/amd64)"))
                .contains(new K6Version(1, 7, 1));
        assertThat(K6Version.parse("k6 v0.49.0 (go1.21)").orElseThrow().supported())
                .isFalse();
        assertThat(K6Version.parse("command not found")).isEmpty();
        assertThat(K6Version.parse(K6Version.IMAGE)).contains(K6Version.FOLLOWED);
    }
}
