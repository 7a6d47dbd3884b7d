package io.bookstore.perf.results;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The run over time, in equal intervals of whole seconds: wide enough that there are at most {@value #MAX_POINTS}, and
 * that an interval holds a few requests, for a percentile of one request says nothing.
 *
 * @param points   one for each interval
 * @param requests single requests, all of them or evenly thinned to at most {@value #MAX_REQUESTS}
 */
public record TimeSeries(
        Instant start, @JsonProperty("intervalSeconds") Duration interval, List<Point> points, List<Request> requests) {

    public static final int MAX_POINTS = 120;
    public static final int MAX_REQUESTS = 2000;

    public TimeSeries {
        points = List.copyOf(points);
        requests = List.copyOf(requests);
    }

    /**
     * The begin of the load in seconds from the start of the series, which may be a sample of setup; the load begins with its
     * own first request. 0 without a request.
     */
    public double loadBeginsSeconds() {
        return requests.stream()
                .mapToDouble(request -> Math.max(0, request.atSeconds() - request.latencyMs() / 1000))
                .min()
                .orElse(0);
    }

    /**
     * An interval.
     *
     * @param atSeconds time at which it began, from the start of the series
     * @param vus       most virtual users at work; null if nothing was recorded
     * @param latencyMs percentiles of those trends that had samples, by metric name
     * @param sums      amounts added to counters, by metric name
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

    /**
     * A request of the load, setup and teardown excluded.
     *
     * @param atSeconds time at which its answer was complete, from the start of the series
     * @param type      the script's {@code operation_type} tag; null if it sets none
     */
    public record Request(
            double atSeconds, double latencyMs, @Nullable String type, boolean failed) {}
}
