package io.bookstore.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedChangeTest {

    // Student's own example of 1908, "sleep" in R: hours of sleep won by ten patients, one drug against the other.
    private static final List<Double> SLEEP = List.of(1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4);

    @Test
    void intervalIsThatOfStudentsPairedTest() {
        PairedChange change = PairedChange.of(SLEEP);

        assertThat(change.mean()).isCloseTo(1.58, within(1e-12));
        assertThat(change.interval().low()).isCloseTo(0.7001142, within(1e-6));
        assertThat(change.interval().high()).isCloseTo(2.4598858, within(1e-6));
        assertThat(change.chanceBeyond(0)).isCloseTo(0.002833, within(1e-6));
    }

    @Test
    void changeBeyondAMarginIsRarerThanOneBeyondNothing() {
        PairedChange change = PairedChange.of(SLEEP);

        // The margin is the lower end of the interval, so it is crossed with a chance of 5 % exactly.
        assertThat(change.chanceBeyond(change.interval().low())).isCloseTo(0.05, within(1e-9));
        assertThat(change.chanceBeyond(10)).isEqualTo(1);
    }

    @Test
    void changeForTheBetterIsJudgedAsOneForTheWorse() {
        PairedChange better = PairedChange.of(SLEEP.stream().map(each -> -each).toList());

        assertThat(better.chanceBeyond(0.5)).isEqualTo(PairedChange.of(SLEEP).chanceBeyond(0.5));
        assertThat(better.interval().high()).isCloseTo(-0.7001142, within(1e-6));
    }

    @Test
    void onePairHasNoInterval() {
        PairedChange change = PairedChange.of(List.of(0.5));

        assertThat(change.interval().low()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(change.interval().high()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(change.chanceBeyond(0)).isEqualTo(1);
        assertThat(change.visible()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(change.morePairs(0.1, 0.05)).hasValue(5);
    }

    @Test
    void pairsThatAllAgreeHaveAnIntervalOfOneValue() {
        PairedChange none = PairedChange.of(Collections.nCopies(6, 0.0));
        PairedChange some = PairedChange.of(Collections.nCopies(6, 0.25));

        assertThat(none.interval()).isEqualTo(new PairedChange.Interval(0, 0));
        assertThat(none.chanceBeyond(0.05)).isEqualTo(1);
        assertThat(some.chanceBeyond(0.05)).isZero();
        assertThat(some.visible()).isZero();
    }

    @Test
    void morePairsAreNeededTheNearerTheChangeLiesToTheMargin() {
        // 5 % spread, no change: 8 pairs are the fewest of which 8 in 10 sets show that it is less than 5 %.
        PairedChange none = new PairedChange(6, 0, 0.04);
        PairedChange near = new PairedChange(6, 0.04, 0.04);
        PairedChange at = new PairedChange(6, 0.05, 0.04);

        assertThat(none.morePairs(0.05, 0.05)).hasValue(2);
        assertThat(near.morePairs(0.05, 0.05).getAsInt()).isBetween(100, 150);
        assertThat(at.morePairs(0.05, 0.05)).isEmpty();
    }

    @Test
    void numberOfPairsThatIsSaidToBeNeededDecidesInMostComparisons() {
        // given
        PairedChange first = new PairedChange(6, 0.10, 0.06);
        int needed = 6 + first.morePairs(0.05, 0.05).orElseThrow();

        // when
        long decided = IntStream.range(0, 1000)
                .filter(seed -> PairedChange.of(drawn(new Random(seed), needed, 0.10, 0.06))
                                .chanceBeyond(0.05)
                        <= 0.05)
                .count();

        // then
        assertThat(decided).isBetween(760L, 840L);
    }

    @Test
    void visibleChangeIsSeenInEightOfTenComparisons() {
        double visible = new PairedChange(8, 0, 0.05).visible();

        long seen = IntStream.range(0, 1000)
                .filter(seed -> PairedChange.of(drawn(new Random(seed), 8, visible, 0.05))
                        .interval()
                        .excludesNoChange())
                .count();

        assertThat(seen).isBetween(760L, 840L);
    }

    @Test
    void sixMetricsAtTheirMarginsAreCalledWorseInAtMostFiveOfAHundredComparisons() {
        long alarms = IntStream.range(0, 2000)
                .filter(seed -> {
                    Random random = new Random(seed);
                    List<Double> chances = IntStream.range(0, 6)
                            .mapToObj(metric -> PairedChange.of(drawn(random, 8, 0.05, 0.03))
                                    .chanceBeyond(0.05))
                            .toList();
                    return Collections.min(Holm.adjusted(chances)) <= PairedChange.ALPHA;
                })
                .count();

        assertThat(alarms).isLessThanOrEqualTo(100);
    }

    private static List<Double> drawn(Random random, int pairs, double mean, double spread) {
        return random.doubles(0, 1)
                .limit(pairs)
                .mapToObj(unused -> mean + spread * random.nextGaussian())
                .toList();
    }
}
