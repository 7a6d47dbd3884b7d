package io.bookstore.perf.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.bookstore.perf.history.ChangePoints.ChangePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangePointsTest {

    @Test
    void levelThatRisesForGoodIsAChangePointAtItsFirstRun() {
        List<Double> values = new Noise(1, 0.03).runs(12, 4000).runs(12, 4800).values;

        assertThat(ChangePoints.in(values)).singleElement().satisfies(change -> {
            assertThat(change.index()).isEqualTo(12);
            assertThat(change.before()).isCloseTo(4000, withinPercentage(3));
            assertThat(change.after()).isCloseTo(4800, withinPercentage(3));
            assertThat(change.chance()).isEqualTo(0.005);
        });
    }

    @Test
    void eachOfSeveralLevelsIsFoundInTheOrderOfTheRuns() {
        List<Double> values = new Noise(2, 0.03).runs(15, 4000).runs(15, 5200).runs(15, 4400).values;

        assertThat(ChangePoints.in(values)).extracting(ChangePoint::index).containsExactly(15, 30);
    }

    @Test
    void twoStallsOneAfterTheOtherAreNoLevel() {
        List<Double> values = new Noise(3, 0.03).runs(10, 4000).runs(2, 40_000).runs(10, 4000).values;

        assertThat(ChangePoints.in(values)).isEmpty();
    }

    @Test
    void equalRunsAndTooFewHaveNoChange() {
        assertThat(ChangePoints.in(List.of())).isEmpty();
        assertThat(ChangePoints.in(
                        DoubleStream.generate(() -> 7).limit(30).boxed().toList()))
                .isEmpty();
        assertThat(ChangePoints.in(List.of(1.0, 1.0, 9.0, 9.0))).isEmpty();
    }

    @Test
    void noiseIsTakenForAChangeInOneHistoryOfTwentyAtMost() {
        long falseAlarms = IntStream.range(0, 200)
                .filter(seed -> !ChangePoints.in(new Noise(seed, 0.05).runs(24, 4000).values)
                        .isEmpty())
                .count();

        // Twice the standard deviation of a share of 5 % in 200 above it.
        assertThat(falseAlarms).isLessThanOrEqualTo(16);
    }

    @Test
    void zeroIsAValueLikeAnyOther() {
        List<Double> values =
                IntStream.range(0, 24).mapToObj(run -> run < 12 ? 0.0 : 0.5).toList();

        assertThat(ChangePoints.in(values)).extracting(ChangePoint::index).containsExactly(12);
    }

    @Test
    void sameHistoryHasTheSameChangesEachTime() {
        List<Double> values = new Noise(5, 0.05).runs(20, 4000).runs(20, 4200).values;

        assertThat(ChangePoints.in(values)).isEqualTo(ChangePoints.in(values));
    }

    /** Runs around a level, each off by a random share of it. */
    private static final class Noise {
        private final List<Double> values = new ArrayList<>();
        private final Random random;
        private final double deviation;

        private Noise(long seed, double deviation) {
            this.random = new Random(seed);
            this.deviation = deviation;
        }

        private Noise runs(int count, double level) {
            for (int i = 0; i < count; i++) {
                values.add(level * Math.exp(deviation * random.nextGaussian()));
            }
            return this;
        }
    }
}
