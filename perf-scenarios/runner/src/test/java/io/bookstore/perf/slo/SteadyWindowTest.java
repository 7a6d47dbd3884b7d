package io.bookstore.perf.slo;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.results.facts.RunFacts.Load;
import io.bookstore.perf.slo.SteadyWindow.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class SteadyWindowTest {

    private static final List<Load> FIVE_MINUTES =
            List.of(new Load("ai", "constant-arrival-rate", true, 120, Duration.ofMinutes(5)));

    @Test
    void rampsAreCutByThePlan() {
        List<Load> ramped = List.of(users(0, stage(30, 5), stage(120, 5), stage(30, 15), stage(60, 15), stage(30, 0)));

        SteadyWindow window = SteadyWindow.of(ramped, List.of(), 280);

        assertThat(window.steady()).isTrue();
        assertThat(window.beginSeconds()).isEqualTo(30);
        assertThat(window.endSeconds()).isEqualTo(150);
        assertThat(window.note())
                .contains("a warm-up was not looked for, since there are 0 answers and 100 are needed");
    }

    @Test
    void stagesOfOneTargetAreOnePart() {
        List<Load> ramped = List.of(users(0, stage(60, 3), stage(100, 5), stage(150, 5), stage(150, 5), stage(60, 0)));

        SteadyWindow window = SteadyWindow.of(ramped, List.of(), 520);

        assertThat(window.beginSeconds()).isEqualTo(160);
        assertThat(window.endSeconds()).isEqualTo(460);
    }

    @Test
    void loadsBesideEachOtherAreSteadyWhereNoneChanges() {
        List<Load> chaos = List.of(
                new Load("summaries", "constant-arrival-rate", true, 60, Duration.ofSeconds(390)),
                new Load(
                        "noise",
                        "constant-vus",
                        false,
                        3,
                        Duration.ofSeconds(120),
                        Duration.ofSeconds(120),
                        List.of()));

        SteadyWindow window = SteadyWindow.of(chaos, List.of(), 390);

        assertThat(window.beginSeconds()).isEqualTo(240);
        assertThat(window.endSeconds()).isEqualTo(390);
    }

    @Test
    void partThatAnInterruptedRunNeverReachedIsNoneOfItsWindow() {
        List<Load> ramped = List.of(users(0, stage(30, 5), stage(60, 5), stage(30, 15), stage(600, 15)));

        SteadyWindow window = SteadyWindow.of(ramped, List.of(), 100);

        assertThat(window.beginSeconds()).isEqualTo(30);
        assertThat(window.endSeconds()).isEqualTo(90);
    }

    @Test
    void runThatOnlyRampsIsJudgedAsAWholeAndSaysSo() {
        SteadyWindow window =
                SteadyWindow.of(List.of(users(0, stage(30, 1), stage(120, 2), stage(30, 0))), List.of(), 181);

        assertThat(window)
                .isEqualTo(new SteadyWindow(
                        false,
                        0,
                        181,
                        "No steady window, so the whole run is judged: the plan has no part in which the load stays as it"
                                + " is."));
    }

    @Test
    void countedIterationsAndAnUnknownPlanAreJudgedAsAWhole() {
        Load counted = new Load("ai", "shared-iterations", false, 2, Duration.ofMinutes(10));

        assertThat(SteadyWindow.of(List.of(counted), List.of(), 60).steady()).isFalse();
        assertThat(SteadyWindow.of(List.of(), List.of(), 60).steady()).isFalse();
    }

    @Test
    void aFewSecondsAreNoSteadyPart() {
        List<Load> short6 = List.of(new Load("ai", "constant-vus", false, 2, Duration.ofSeconds(6)));

        assertThat(SteadyWindow.of(short6, List.of(), 6).note())
                .isEqualTo(
                        "No steady window, so the whole run is judged: the load stays as it is for 6.0 s at most, and 10 s"
                                + " are needed.");
    }

    @Test
    void warmUpIsCut() {
        // given 30 s in which answers take up to three times as long
        for (int seed = 0; seed < 20; seed++) {
            List<Answer> answers = answers(seed, second -> second < 30 ? 6_000 - 130 * second : 2_000);

            // when
            SteadyWindow window = SteadyWindow.of(FIVE_MINUTES, answers, 300);

            // then
            assertThat(window.steady()).isTrue();
            assertThat(window.beginSeconds()).as("seed %d", seed).isBetween(10.0, 75.0);
            assertThat(window.note()).contains("of warm-up by MSER-5 over 600 answers");
        }
    }

    @Test
    void steadyRunsKeepNearlyAllOfTheirTime() {
        double cut = 0;
        for (int seed = 0; seed < 100; seed++) {
            SteadyWindow window = SteadyWindow.of(FIVE_MINUTES, answers(seed, second -> 2_000), 300);
            assertThat(window.steady()).as("seed %d", seed).isTrue();
            cut += window.beginSeconds();
        }
        assertThat(cut / 100).isLessThan(15);
    }

    @Test
    void loneStallAtTheBeginIsNoWarmUp() {
        List<Answer> answers = new ArrayList<>(answers(1, second -> 2_000));
        double before = SteadyWindow.of(FIVE_MINUTES, answers, 300).beginSeconds();
        answers.set(21, new Answer(10.5, 60_000));

        assertThat(SteadyWindow.of(FIVE_MINUTES, answers, 300).beginSeconds()).isEqualTo(before);
    }

    @Test
    void latencyThatGoesOnGrowingIsNotSteady() {
        List<Answer> answers = answers(1, second -> 1_000 + 20 * second);

        SteadyWindow window = SteadyWindow.of(FIVE_MINUTES, answers, 303);

        assertThat(window.steady()).isFalse();
        assertThat(window.endSeconds()).isEqualTo(303);
        assertThat(window.note()).endsWith("latency goes on changing while the load stays as it is.");
    }

    /** Two answers a second for five minutes, spread as those of a model. */
    private static List<Answer> answers(long seed, DoubleUnaryOperator median) {
        Random random = new Random(seed);
        List<Answer> answers = new ArrayList<>();
        for (double second = 0; second < 300; second += 0.5) {
            answers.add(new Answer(second, median.applyAsDouble(second) * Math.exp(0.3 * random.nextGaussian())));
        }
        return answers;
    }

    private static Load users(long startSeconds, Load.Stage... stages) {
        Duration length = Duration.ZERO;
        for (Load.Stage stage : stages) {
            length = length.plus(stage.duration());
        }
        return new Load("ai", "ramping-vus", false, 15, length, Duration.ofSeconds(startSeconds), List.of(stages));
    }

    private static Load.Stage stage(long seconds, int target) {
        return new Load.Stage(Duration.ofSeconds(seconds), target);
    }
}
