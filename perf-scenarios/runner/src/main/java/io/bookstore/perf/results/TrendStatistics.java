package io.bookstore.perf.results;

import io.bookstore.perf.metrics.Aggregation;
import io.bookstore.perf.metrics.Sink;

/** A distribution in the metric's unit; percentiles are within 0.1 % of the exact ones, minimum, mean and maximum are exact. */
public record TrendStatistics(
        long count, double min, double avg, double med, double p90, double p95, double p99, double max) {

    /** @param trend the sink of a trend */
    public static TrendStatistics of(Sink trend) {
        return new TrendStatistics(
                (long) value(trend, "count"),
                value(trend, "min"),
                value(trend, "avg"),
                value(trend, "med"),
                value(trend, "p(90)"),
                value(trend, "p(95)"),
                value(trend, "p(99)"),
                value(trend, "max"));
    }

    private static double value(Sink trend, String aggregation) {
        return trend.aggregate(Aggregation.parse(aggregation).orElseThrow(), 0);
    }
}
