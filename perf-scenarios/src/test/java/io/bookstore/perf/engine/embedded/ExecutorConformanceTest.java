package io.bookstore.perf.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases 4 to 12: who starts an iteration, when, and what becomes of it in the end. */
@Execution(ExecutionMode.CONCURRENT)
class ExecutorConformanceTest {
    /**
     * For a machine that builds and measures other things meanwhile: enough to tell one rule from another, which differ by
     * a whole slot. The exact moments are the matter of the schedules' own tests.
     */
    private static final double TOLERANCE_MILLIS = 450;

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

        List<Double> starts = run.values("start_offset").stream().sorted().toList();
        assertThat(starts).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(starts.get(i)).isCloseTo((i + 1) * 1000.0, within(TOLERANCE_MILLIS));
        }
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

        List<Double> starts = run.values("start_offset").stream().sorted().toList();
        assertThat(run.count("iterations")).isBetween(8L, 9L);
        for (int i = 0; i < starts.size(); i++) {
            assertThat(starts.get(i)).isBetween(i * 250.0 - 5, i * 250.0 + 2 * TOLERANCE_MILLIS);
        }
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

        List<Double> starts = run.values("start_offset").stream().sorted().toList();
        assertThat(run.count("iterations")).isBetween(7L, 8L);
        assertThat(starts.get(0)).isCloseTo(707, within(TOLERANCE_MILLIS));
        assertThat(starts.get(1)).isCloseTo(1000, within(TOLERANCE_MILLIS));
    }
}
