package io.bookstore.perf.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class TrendRecorderTest {

    private final TrendRecorder recorder = TrendRecorder.precise();

    @Test
    void percentilesOfTheSquaresAreThoseOfK6() {
        // given: observed on k6 2.2.0
        IntStream.rangeClosed(1, 10).forEach(n -> recorder.add(n * n));

        // then
        assertThat(recorder.average()).isEqualTo(38.5);
        assertThat(recorder.percentile(50)).isCloseTo(30.5, Percentage.withPercentage(0.1));
        assertThat(recorder.percentile(25)).isCloseTo(10.75, Percentage.withPercentage(0.1));
        assertThat(recorder.percentile(90)).isCloseTo(82.9, Percentage.withPercentage(0.1));
        assertThat(recorder.percentile(99.9)).isCloseTo(99.829, Percentage.withPercentage(0.1));
        assertThat(recorder.statistics().count()).isEqualTo(10);
    }

    @Test
    void nothingRecordedIsZeroAsInK6() {
        assertThat(recorder.statistics()).isEqualTo(new TrendStatistics(0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void singleValueIsEveryPercentile() {
        recorder.add(2345.678);

        assertThat(recorder.percentile(0)).isEqualTo(2345.678);
        assertThat(recorder.percentile(50)).isEqualTo(2345.678);
        assertThat(recorder.percentile(100)).isEqualTo(2345.678);
    }

    @Test
    void minimumMeanAndMaximumAreExact() {
        recorder.add(-3);
        recorder.add(0.0004);
        recorder.add(123_456.789);

        assertThat(recorder.min()).isEqualTo(-3);
        assertThat(recorder.max()).isEqualTo(123_456.789);
        assertThat(recorder.average()).isCloseTo((-3 + 0.0004 + 123_456.789) / 3, within(1e-9));
    }

    @Test
    void percentilesStayWithinATenthOfAPercent() {
        IntStream.rangeClosed(1, 100_000).forEach(n -> recorder.add(n / 10.0));

        assertThat(recorder.percentile(95)).isCloseTo(9500, Percentage.withPercentage(0.1));
        assertThat(recorder.percentile(99)).isCloseTo(9900, Percentage.withPercentage(0.1));
    }
}
