package io.bookstore.perf.results;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sink;
import io.bookstore.perf.metrics.TrendSink;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All samples of one metric, folded as its type asks; units as in the samples. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MetricSummary.Counter.class, name = "counter"),
    @JsonSubTypes.Type(value = MetricSummary.Gauge.class, name = "gauge"),
    @JsonSubTypes.Type(value = MetricSummary.Rate.class, name = "rate"),
    @JsonSubTypes.Type(value = MetricSummary.Trend.class, name = "trend")
})
public sealed interface MetricSummary {

    /** @param seconds from the first to the last sample of the run */
    static MetricSummary of(Metric metric, Sink sink, double seconds) {
        Map<String, Double> values = sink.values(List.of(), seconds);
        String name = metric.name();
        String contains = metric.contains();
        return switch (metric.type()) {
            case COUNTER -> new Counter(name, contains, value(values, "count"), value(values, "rate"));
            case GAUGE -> new Gauge(name, contains, value(values, "value"), value(values, "min"), value(values, "max"));
            case RATE -> {
                long nonZero = (long) value(values, "passes");
                yield new Rate(name, contains, value(values, "rate"), nonZero, nonZero + (long) value(values, "fails"));
            }
            case TREND ->
                new Trend(name, contains, TrendStatistics.of(sink), Distribution.ofResponses(name, (TrendSink) sink));
        };
    }

    private static double value(Map<String, Double> values, String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    String name();

    /** k6's unit: {@code time} (milliseconds), {@code data} (bytes) or {@code default}. */
    String contains();

    /** @param ratePerSecond over the time from the first to the last sample of the run */
    record Counter(String name, String contains, double count, double ratePerSecond) implements MetricSummary {}

    record Gauge(String name, String contains, double value, double min, double max) implements MetricSummary {}

    /** @param nonZero how many of {@code total} samples were not 0; for {@code http_req_failed} these are the failures */
    record Rate(String name, String contains, double rate, long nonZero, long total) implements MetricSummary {}

    /** @param distribution null for a metric that is no response time, and in a summary of an older kit */
    record Trend(
            String name,
            String contains,
            TrendStatistics statistics,
            @Nullable Distribution distribution) implements MetricSummary {

        /** A trend by its statistics alone. */
        public Trend(String name, String contains, TrendStatistics statistics) {
            this(name, contains, statistics, null);
        }
    }
}
