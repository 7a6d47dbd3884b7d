package io.bookstore.perf.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases 4 to 12: who starts an iteration, when, and what becomes of it in the end. */
@Execution(ExecutionMode.CONCURRENT)
class ExecutorConformanceTest {
    // The script's clock counts whole milliseconds, the engine's does not.
    private static final double CLOCK_MILLIS = 5;

    @Test
    void case4IterationsFinishInTheGracePeriod() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/04-constant-vus-shortcut.js").run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.samples("start_offset"))
                .allSatisfy(start -> assertThat(start.value()).isLessThan(1000));
        // Everything that started has finished, the last of it after the regular end.
        assertThat(run.count("iterations"))
                .isEqualTo(run.samples("start_offset").size())
                .isBetween(4L, 8L);
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

        assertThat(run.count("iterations")).isEqualTo(4);
        assertThat(run.count("dropped_iterations")).isEqualTo(4);
    }

    @Test
    void case8RampStartsAVirtualUserWhenTheLineReachesIt() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/08-ramping-up.js").run();

        assertThat(run.values("start_offset")).hasSize(3);
        assertNoneIsEarly(run, 1000, 2000, 3000);
    }

    @ParameterizedTest
    @CsvSource({"0s, 0", "2s, 2"})
    void case9RampDownWaitsForItsGraceOnly(String grace, long completed) throws Exception {
        ScriptRun run = ScriptRun.of("conformance/09-graceful-ramp-down.js")
                .env("GRACE", grace)
                .run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.count("iterations")).isEqualTo(completed);
    }

    @Test
    void case10ConstantRateStartsAtOnceAndEvenly() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/10-constant-arrival-rate.js").run();

        assertThat(run.count("iterations")).isBetween(8L, 9L);
        assertNoneIsEarly(run, 0, 250, 500, 750, 1000, 1250, 1500, 1750);
        assertThat(run.samples("dropped_iterations")).isEmpty();
    }

    @Test
    void case11StartWithoutAFreeVirtualUserIsDropped() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/11-arrival-rate-drops.js").run();

        long iterations = run.count("iterations");
        assertThat(run.exitCode()).isZero();
        assertThat(iterations).isBetween(2L, 3L);
        assertThat(iterations + run.count("dropped_iterations")).isBetween(8L, 9L);
    }

    @Test
    void case12RampingRateStartsWhereItsIntegralIsWhole() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/12-ramping-arrival-rate.js").run();

        assertThat(run.count("iterations")).isBetween(7L, 8L);
        assertNoneIsEarly(run, 707, 1000);
    }

    /**
     * A busy machine may make a start late, never early. The exact moments are the matter of the schedules' own tests, and
     * how well they are kept that of the benchmark.
     */
    private static void assertNoneIsEarly(ScriptRun run, double... plannedMillis) {
        List<Double> starts = run.values("start_offset").stream().sorted().toList();
        for (int i = 0; i < plannedMillis.length; i++) {
            assertThat(starts.get(i)).as("start %d", i + 1).isGreaterThanOrEqualTo(plannedMillis[i] - CLOCK_MILLIS);
        }
    }
}
