package io.bookstore.testing.framework;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the telemetry that an application under test has recorded. */
public record Recorded(OpenTelemetryExtension otel) {

    /** Returns the span of the only call. */
    public SpanData onlySpan() {
        assertThat(otel.getSpans()).hasSize(1);
        return otel.getSpans().get(0);
    }

    /** Returns the points of a histogram; empty if there is none of this name. */
    public List<HistogramPointData> histogram(String name) {
        return otel.getMetrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .flatMap(metric -> metric.getHistogramData().getPoints().stream())
                .toList();
    }

    /** Returns the attributes of a span by their names on the wire. */
    public static Map<String, Object> attributes(SpanData span) {
        Map<String, Object> attributes = new TreeMap<>();
        span.getAttributes().forEach((AttributeKey<?> key, Object value) -> attributes.put(key.getKey(), value));
        return attributes;
    }
}
