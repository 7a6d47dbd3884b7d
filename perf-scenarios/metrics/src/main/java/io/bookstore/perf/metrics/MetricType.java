package io.bookstore.perf.metrics;

/** The four metric types of k6; the lower-case name is the wire name. */
public enum MetricType {
    COUNTER,
    GAUGE,
    RATE,
    TREND
}
