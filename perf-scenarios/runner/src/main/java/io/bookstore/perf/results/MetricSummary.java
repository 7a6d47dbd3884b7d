package io.bookstore.perf.results;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** All samples of one metric, folded as its type asks; units as in the samples. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MetricSummary.Counter.class, name = "counter"),
    @JsonSubTypes.Type(value = MetricSummary.Gauge.class, name = "gauge"),
    @JsonSubTypes.Type(value = MetricSummary.Rate.class, name = "rate"),
    @JsonSubTypes.Type(value = MetricSummary.Trend.class, name = "trend")
})
public sealed interface MetricSummary {

    String name();

    /** k6's unit: {@code time} (milliseconds), {@code data} (bytes) or {@code default}. */
    String contains();

    /** @param ratePerSecond over the time from the first to the last sample of the run */
    record Counter(String name, String contains, double count, double ratePerSecond) implements MetricSummary {}

    record Gauge(String name, String contains, double value, double min, double max) implements MetricSummary {}

    /** @param nonZero how many of {@code total} samples were not 0; for {@code http_req_failed} these are the failures */
    record Rate(String name, String contains, double rate, long nonZero, long total) implements MetricSummary {}

    record Trend(String name, String contains, TrendStatistics statistics) implements MetricSummary {}
}
