package io.bookstore.perf.results;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The run over time, in equal intervals: seconds for a short run, wider ones for a long run, so that there are never more
 * than {@value #MAX_POINTS}.
 */
public record TimeSeries(
        Instant start, @JsonProperty("intervalSeconds") Duration interval, List<Point> points) {

    static final int MAX_POINTS = 600;

    public TimeSeries {
        points = List.copyOf(points);
    }

    /**
     * One interval.
     *
     * @param atSeconds when it began, from the start of the series
     * @param vus       most virtual users at work; null if nothing was recorded
     * @param latencyMs percentiles of those trends that had samples, by metric name
     * @param sums      what counters added, by metric name
     */
    public record Point(
            long atSeconds,
            @Nullable Integer vus,
            long requests,
            long failures,
            Map<String, Percentiles> latencyMs,
            Map<String, Double> sums) {
        public Point {
            latencyMs = Map.copyOf(latencyMs);
            sums = Map.copyOf(sums);
        }
    }

    /** Within 1 % of the exact values. */
    public record Percentiles(double p50, double p95, double p99) {}
}
