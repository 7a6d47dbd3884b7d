package io.bookstore.perf.results.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.results.TimeSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class SeriesRecorderTest {

    private static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");

    private final SeriesRecorder recorder = new SeriesRecorder();

    @Test
    void busyShortRunHasAPointForEverySecond() {
        // given
        for (int second = 0; second < 60; second++) {
            for (int request = 0; request < 10; request++) {
                add("http_reqs", T0.plusSeconds(second), 1);
            }
        }

        // when
        TimeSeries series = recorder.series(T0);

        // then
        assertThat(series.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(series.points())
                .hasSize(60)
                .allSatisfy(point -> assertThat(point.requests()).isEqualTo(10));
    }

    @Test
    void slowRunHasIntervalsThatHoldAFewRequests() {
        // given
        for (int second = 0; second < 180; second += 3) {
            add("http_reqs", T0.plusSeconds(second), 1);
        }

        // when
        TimeSeries series = recorder.series(T0);

        // then
        assertThat(series.interval()).isEqualTo(Duration.ofSeconds(8));
        assertThat(series.points()).hasSizeLessThanOrEqualTo(30);
    }

    @Test
    void dayLongRunStaysWithinItsPointsAndLosesNothing() {
        // given
        int seconds = 24 * 3600;
        for (int second = 0; second < seconds; second++) {
            add("http_reqs", T0.plusSeconds(second), 1);
            add("llm_response_time", T0.plusSeconds(second), 100 + second % 1000);
            add("vus", T0.plusSeconds(second), second % 7);
        }

        // when
        TimeSeries series = recorder.series(T0);

        // then
        assertThat(series.points()).hasSizeLessThanOrEqualTo(TimeSeries.MAX_POINTS);
        assertThat(series.points().stream()
                        .mapToLong(TimeSeries.Point::requests)
                        .sum())
                .isEqualTo(seconds);
        TimeSeries.Point first = series.points().get(0);
        assertThat(first.vus()).isEqualTo(6);
        assertThat(first.latencyMs())
                .hasEntrySatisfying(
                        "llm_response_time",
                        latency -> assertThat(latency.p50()).isCloseTo(587.5, Percentage.withPercentage(1)));
    }

    @Test
    void countersAreSummedPerInterval() {
        add("llm_cost_usd", T0, 0.002);
        add("llm_cost_usd", T0.plusMillis(300), 0.003);

        assertThat(recorder.series(T0).points().get(0).sums().get("llm_cost_usd"))
                .isCloseTo(0.005, within(1e-12));
    }

    @Test
    void samplesOlderThanTheFirstBelongToTheStart() {
        add("http_reqs", T0.plusSeconds(5), 1);
        add("http_reqs", T0, 1);

        assertThat(recorder.series(T0).points())
                .singleElement()
                .satisfies(point -> assertThat(point.requests()).isEqualTo(2));
    }

    @Test
    void singleRequestsAreThinnedEvenlyAndWithoutSetup() {
        // given
        for (int request = 0; request < 10_000; request++) {
            add("http_req_duration", T0.plusMillis(request), request);
        }
        recorder.add(new Sample("http_req_duration", T0, 99_999, Map.of("group", "::setup")));

        // when
        TimeSeries series = recorder.series(T0);

        // then
        assertThat(series.requests())
                .hasSize(1250)
                .extracting(TimeSeries.Request::latencyMs)
                .startsWith(0.0, 8.0, 16.0)
                .doesNotContain(99_999.0);
    }

    private void add(String metric, Instant time, double value) {
        recorder.add(new Sample(metric, time, value, Map.of("status", "200")));
    }
}
