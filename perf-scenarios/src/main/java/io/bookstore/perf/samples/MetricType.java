package io.bookstore.perf.samples;

/** The four metric types of k6; the lower-case name is the wire name. */
public enum MetricType {
    COUNTER,
    GAUGE,
    RATE,
    TREND
}
