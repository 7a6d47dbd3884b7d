package io.bookstore.perf.metrics;

/**
 * A metric as k6's JSON output announces it before its first sample.
 *
 * @param name     for example {@code http_req_duration}
 * @param type     how samples are folded into one value
 * @param contains what a value is: {@code default}, {@code time} (milliseconds) or {@code data} (bytes)
 */
public record Metric(String name, MetricType type, String contains) {}
