package io.bookstore.perf.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrendSinkTest {

    @Test
    void percentilesLieBetweenNeighbours() {
        TrendSink sink = new TrendSink();
        for (int i = 10; i >= 1; i--) {
            sink.add(i * i);
        }

        Map<String, Double> values = sink.values(List.of("p(25)", "med", "p(100)", "p(0)"), 1);

        assertThat(values).containsEntry("p(25)", 10.75).containsEntry("med", 30.5);
        assertThat(values).containsEntry("p(100)", 100.0).containsEntry("p(0)", 1.0);
    }

    @Test
    void nothingCountsAsZero() {
        assertThat(new TrendSink()
                        .values(List.of("avg", "min", "max", "p(95)", "count"), 1)
                        .values())
                .containsOnly(0.0);
    }

    @Test
    void manySamplesAreCountedInBucketsAndStayClose() {
        TrendSink sink = new TrendSink();
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
    void negativeValuesKeepTheirPlaceInBuckets() {
        LogHistogram histogram = new LogHistogram();
        for (double value : new double[] {-100, -1, 0, 1, 100}) {
            histogram.add(value);
        }

        assertThat(histogram.percentile(0)).isCloseTo(-100, withinPercentage(0.1));
        assertThat(histogram.percentile(50)).isZero();
        assertThat(histogram.percentile(100)).isCloseTo(100, withinPercentage(0.1));
    }
}
