package io.bookstore.perf.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrendSinkTest {

    @Test
    void percentilesLieBetweenNeighbours() {
        TrendSink sink = TrendSink.exact();
        for (int i = 10; i >= 1; i--) {
            sink.add(i * i);
        }

        Map<String, Double> values = sink.values(List.of("p(25)", "med", "p(100)", "p(0)"), 1);

        assertThat(values).containsEntry("p(25)", 10.75).containsEntry("med", 30.5);
        assertThat(values).containsEntry("p(100)", 100.0).containsEntry("p(0)", 1.0);
    }

    @Test
    void nothingCountsAsZero() {
        assertThat(TrendSink.exact()
                        .values(List.of("avg", "min", "max", "p(95)", "count"), 1)
                        .values())
                .containsOnly(0.0);
    }

    @Test
    void manySamplesAreCountedInBucketsAndStayClose() {
        TrendSink sink = TrendSink.exact();
        int count = TrendSink.EXACT_VALUES * 2;
        for (int i = 1; i <= count; i++) {
            sink.add(i / 100.0);
        }

        Map<String, Double> values = sink.values(List.of("avg", "min", "max", "p(50)", "p(99)", "count"), 1);

        assertThat(values).containsEntry("min", 0.01).containsEntry("max", count / 100.0);
        assertThat(values).containsEntry("count", (double) count);
        assertThat(values.get("p(50)")).isCloseTo(count / 200.0, withinPercentage(0.1));
        assertThat(values.get("p(99)")).isCloseTo(count * 0.0099, withinPercentage(0.1));
    }

    @Test
    void samplesUpToAValueAreCountedExactlyAndInBucketsWithinTheirWidth() {
        TrendSink few = TrendSink.exact();
        List.of(30, 10, 20, 20).forEach(few::add);
        TrendSink many = TrendSink.tiny();
        IntStream.rangeClosed(1, 100_000).forEach(many::add);

        assertThat(List.of(9, 10, 19, 20, 29, 30, 31))
                .extracting(few::atMost)
                .containsExactly(0L, 1L, 1L, 3L, 3L, 4L, 4L);
        assertThat(many.atMost(0.5)).isZero();
        assertThat(many.atMost(50_000)).isCloseTo(50_000, withinPercentage(1));
        assertThat(many.atMost(100_000)).isEqualTo(100_000);
        assertThat(TrendSink.exact().atMost(1)).isZero();
    }

    @Test
    void negativeValuesKeepTheirPlaceInBuckets() {
        LogHistogram histogram = new LogHistogram(1.001);
        for (double value : new double[] {-100, -1, 0, 1, 100}) {
            histogram.add(value);
        }

        assertThat(histogram.percentile(0)).isCloseTo(-100, withinPercentage(0.1));
        assertThat(histogram.percentile(50)).isZero();
        assertThat(histogram.percentile(100)).isCloseTo(100, withinPercentage(0.1));
    }

    @Test
    void percentilesOfTheSquaresAreThoseOfK6() {
        // given: observed on k6 2.2.0
        TrendSink sink = TrendSink.small();
        IntStream.rangeClosed(1, 10).forEach(n -> sink.add(n * n));

        // then
        assertThat(sink.values(List.of("avg"), 1)).containsEntry("avg", 38.5);
        assertThat(sink.percentile(50)).isEqualTo(30.5);
        assertThat(sink.percentile(25)).isEqualTo(10.75);
        assertThat(sink.percentile(90)).isCloseTo(82.9, withinPercentage(1e-9));
        assertThat(sink.percentile(99.9)).isCloseTo(99.829, withinPercentage(1e-9));
        assertThat(sink.count()).isEqualTo(10);
    }

    @Test
    void singleValueIsEveryPercentile() {
        TrendSink sink = TrendSink.tiny();

        sink.add(2345.678);

        assertThat(sink.percentile(0)).isEqualTo(2345.678);
        assertThat(sink.percentile(50)).isEqualTo(2345.678);
        assertThat(sink.percentile(100)).isEqualTo(2345.678);
    }

    @Test
    void minimumMeanAndMaximumAreExact() {
        TrendSink sink = TrendSink.tiny();
        for (int i = 0; i < 100; i++) {
            sink.add(-3);
            sink.add(0.0004);
            sink.add(123_456.789);
        }

        assertThat(sink.values(List.of("min", "max"), 1))
                .containsEntry("min", -3.0)
                .containsEntry("max", 123_456.789);
        assertThat(sink.values(List.of("avg"), 1).get("avg"))
                .isCloseTo((-3 + 0.0004 + 123_456.789) / 3, withinPercentage(1e-9));
    }

    @Test
    void percentilesStayWithinATenthOfAPercent() {
        TrendSink sink = TrendSink.small();
        IntStream.rangeClosed(1, 100_000).forEach(n -> sink.add(n / 10.0));

        assertThat(sink.percentile(95)).isCloseTo(9500, withinPercentage(0.1));
        assertThat(sink.percentile(99)).isCloseTo(9900, withinPercentage(0.1));
    }

    @ParameterizedTest
    @CsvSource({"10, 20", "10, 2000", "2000, 10", "2000, 3000", "0, 2000", "2000, 0", "100, 100"})
    void sumOfTwoIsAsIfOneHadTakenAll(int ofTheFirst, int ofTheSecond) {
        TrendSink all = TrendSink.tiny();
        TrendSink first = TrendSink.tiny();
        TrendSink second = TrendSink.tiny();
        IntStream.range(0, ofTheFirst).forEach(n -> first.add(n * 7 % 1000));
        IntStream.range(0, ofTheFirst).forEach(n -> all.add(n * 7 % 1000));
        IntStream.range(0, ofTheSecond).forEach(n -> second.add(n * 11 % 999));
        IntStream.range(0, ofTheSecond).forEach(n -> all.add(n * 11 % 999));

        first.add(second);

        List<String> stats = List.of("count", "min", "avg", "med", "p(95)", "max");
        assertThat(first.values(stats, 1)).isEqualTo(all.values(stats, 1));
    }
}
