package io.bookstore.perf.results;

/** A distribution in the metric's unit; percentiles are within 0.1 % of the exact ones, minimum, mean and maximum are exact. */
public record TrendStatistics(
        long count, double min, double avg, double med, double p90, double p95, double p99, double max) {}
