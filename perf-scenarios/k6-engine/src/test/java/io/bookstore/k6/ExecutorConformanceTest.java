package io.bookstore.k6;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Cases 4 to 12: the executors. A busy machine may start anything late, so no case says how late: none starts early, what
 * does not start is dropped, and scripts have as many virtual users as they need to drop nothing. The exact moments are the
 * matter of {@code ArrivalScheduleTest} and {@code VuRampTest}, and how well they are kept that of the benchmark.
 */
@Execution(ExecutionMode.CONCURRENT)
class ExecutorConformanceTest {
    // A share of the duration, as a script sees it, is rounded.
    private static final double ROUNDING_MILLIS = 0.01;

    @Test
    void case4IterationsFinishInTheGracePeriod() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/04-constant-vus-shortcut.js").run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.tags("started", "vu")).containsExactlyInAnyOrder("1", "2");
        assertThat(run.count("iterations")).isEqualTo(2);
    }

    @Test
    void case5EachVirtualUserRunsItsOwnIterations() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/05-per-vu-iterations.js").run();

        assertThat(run.logged()).containsExactlyInAnyOrder("1:0:0", "1:1:1", "1:2:2", "2:0:0", "2:1:1", "2:2:2");
    }

    @Test
    void case6IterationThatIsCutOffLeavesNoTrace() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/06-graceful-stop-cuts-off.js").run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.samples("iterations")).isEmpty();
        assertThat(run.samples("iteration_duration")).isEmpty();
        assertThat(run.samples("data_sent")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(run.logged()).isEmpty();
    }

    @Test
    void case7IterationsThatNeverStartedAreDropped() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/07-max-duration-drops.js").run();

        long started = run.count("started");
        assertThat(started + run.count("dropped_iterations")).isEqualTo(10);
        assertThat(started).isBetween(1L, 4L);
        assertThat(run.count("iterations")).isBetween(1L, 2L);
    }

    @Test
    void case8RampStartsAVirtualUserWhenTheLineReachesIt() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/08-ramping-up.js").run();

        assertNoneIsEarly(run, 500, 1000, 1500);
    }

    @ParameterizedTest
    @CsvSource({"0s, 600, false", "1s, 600, false", "120s, 2.2, true"})
    void case9RampDownWaitsForItsGraceOnly(String grace, String seconds, boolean completed) throws Exception {
        ScriptRun run = ScriptRun.of("conformance/09-graceful-ramp-down.js")
                .env("GRACE", grace)
                .env("SECONDS", seconds)
                .run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.count("started")).isPositive();
        assertThat(run.count("iterations")).isEqualTo(completed ? run.count("started") : 0);
    }

    @Test
    void case10ConstantRateStartsAtOnceAndEvenly() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/10-constant-arrival-rate.js").run();

        assertThat(run.samples("dropped_iterations")).isEmpty();
        assertThat(run.count("iterations"))
                .isEqualTo(run.samples("start_offset").size());
        if (ScriptRun.EMBEDDED) {
            assertNoneIsEarly(run, 0, 250, 500, 750, 1000, 1250, 1500, 1750, 2000);
        } else {
            // k6 may or may not reach the start at the very end.
            assertThat(run.count("iterations")).isBetween(8L, 9L);
        }
    }

    @Test
    void case11StartWithoutAFreeVirtualUserIsDropped() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/11-arrival-rate-drops.js").run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.count("started")).isEqualTo(1);
        assertThat(run.count("iterations")).isZero();
        assertThat(run.count("dropped_iterations")).isBetween(ScriptRun.EMBEDDED ? 8L : 7L, 8L);
    }

    @Test
    void case11VirtualUserThatIsFreeAgainGetsALaterStart() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/11-free-again.js").run();

        assertThat(run.exitCode()).isEqualTo(108);
        assertThat(run.count("iterations")).as("the one that aborts too").isEqualTo(2);
    }

    @Test
    void case12RampingRateStartsWhereItsIntegralIsWhole() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/12-ramping-arrival-rate.js").run();

        assertThat(run.samples("dropped_iterations")).isEmpty();
        assertThat(run.count("iterations"))
                .isEqualTo(run.samples("start_offset").size());
        if (ScriptRun.EMBEDDED) {
            assertNoneIsEarly(run, 707.1, 1000, 1224.7, 1414.2, 1581.1, 1732, 1870.8, 2000);
        } else {
            assertThat(run.count("iterations")).isBetween(7L, 8L);
        }
    }

    /** Checks that there are as many starts as planned, and that none comes before its moment. */
    private static void assertNoneIsEarly(ScriptRun run, double... plannedMillis) {
        List<Double> starts = run.values("start_offset").stream().sorted().toList();
        assertThat(starts).hasSize(plannedMillis.length);
        for (int i = 0; i < plannedMillis.length; i++) {
            assertThat(starts.get(i)).as("start %d", i + 1).isGreaterThanOrEqualTo(plannedMillis[i] - ROUNDING_MILLIS);
        }
    }
}
