package io.bookstore.perf.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.metrics.TrendSink;
import io.bookstore.perf.results.Distribution.Bin;
import io.bookstore.perf.results.Distribution.Percentile;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class DistributionTest {

    @Test
    void binsAreWideAsAPersonWouldChooseAndHoldEverySample() {
        Distribution distribution =
                Distribution.of(trend(IntStream.rangeClosed(1, 1000).asDoubleStream()));

        assertThat(distribution.bins())
                .hasSize(20)
                .startsWith(new Bin(0, 50, 50))
                .endsWith(new Bin(950, 1000, 50));
        assertThat(distribution.beyond()).isNull();
    }

    @Test
    void stallIsBeyondTheBinsAndDoesNotMakeThemCoarse() {
        DoubleStream times =
                DoubleStream.concat(IntStream.range(0, 999).mapToDouble(i -> i % 10), DoubleStream.of(60_000));

        Distribution distribution = Distribution.of(trend(times));

        assertThat(distribution.bins()).hasSizeBetween(9, 40);
        assertThat(distribution.bins().get(distribution.bins().size() - 1).to()).isEqualTo(9);
        assertThat(distribution.beyond()).isEqualTo(new Bin(9, 60_000, 1));
    }

    @Test
    void percentilesEndWhereNoSampleLiesBeyond() {
        Distribution distribution =
                Distribution.of(trend(IntStream.rangeClosed(1, 200).asDoubleStream()));

        assertThat(distribution.percentiles())
                .extracting(Percentile::percent)
                .startsWith(0.0, 5.0, 10.0)
                .endsWith(98.0, 99.0, 99.1, 99.2, 99.3, 99.4, 99.5, 100.0);
        assertThat(distribution.percentiles()).contains(new Percentile(0, 1)).endsWith(new Percentile(100, 200));
    }

    @Test
    void singleSampleIsOneBin() {
        Distribution distribution = Distribution.of(trend(DoubleStream.of(100)));

        assertThat(distribution.bins()).containsExactly(new Bin(100, 105, 1));
        assertThat(distribution.percentiles()).containsExactly(new Percentile(0, 100), new Percentile(100, 100));
    }

    @Test
    void fiveMillionSamplesTakeNoMoreNumbersThanAFewHundred() {
        // given times of which each thousandth is slow
        TrendSink trend = TrendSink.exact();
        for (int i = 0; i < 5_000_000; i++) {
            trend.add(i % 1000 == 999 ? 9000 : 100 + i % 1000);
        }

        // when
        Distribution distribution = Distribution.of(trend);

        // then
        assertThat(distribution.bins()).hasSizeLessThanOrEqualTo(40);
        assertThat(distribution.percentiles()).hasSizeLessThanOrEqualTo(60);
        assertThat(distribution.bins().stream().mapToLong(Bin::count).sum()
                        + (distribution.beyond() == null
                                ? 0
                                : distribution.beyond().count()))
                .isEqualTo(5_000_000);
        assertThat(distribution.percentiles())
                .filteredOn(point -> point.percent() == 99.9 || point.percent() == 99.95)
                .extracting(Percentile::value)
                .satisfiesExactly(
                        at999 -> assertThat(at999).isCloseTo(1098, Percentage.withPercentage(0.1)),
                        at9995 -> assertThat(at9995).isCloseTo(9000, Percentage.withPercentage(0.1)));
    }

    private static TrendSink trend(DoubleStream values) {
        TrendSink trend = TrendSink.exact();
        values.forEach(trend::add);
        return trend;
    }
}
