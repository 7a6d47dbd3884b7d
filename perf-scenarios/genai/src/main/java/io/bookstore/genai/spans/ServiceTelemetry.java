package io.bookstore.genai.spans;

import io.bookstore.llm.testing.Finding;
import io.bookstore.llm.testing.Finding.Rule;
import io.bookstore.llm.testing.GenAiConformance;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The telemetry of a service, as far as its spans and metrics are judged together. */
final class ServiceTelemetry {

    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");

    private final Map<String, SpanData> firstOfOperation = new HashMap<>();
    private final Map<String, MetricData> metrics = new HashMap<>();
    private long lastPointNanos;

    void add(SpanData span) {
        String operation = span.getAttributes().get(OPERATION);
        if (operation != null) {
            firstOfOperation.merge(
                    operation, span, (one, other) -> one.getEndEpochNanos() <= other.getEndEpochNanos() ? one : other);
        }
    }

    /** Adds a metric; returns whether it is the first of its name. */
    boolean add(MetricData metric) {
        for (PointData point : metric.getData().getPoints()) {
            lastPointNanos = Math.max(lastPointNanos, point.getEpochNanos());
        }
        return metrics.put(metric.getName(), metric) == null;
    }

    /** Returns the metrics that are missing. A service sends them now and then, so that one is due only for a call before the last time. */
    List<Finding> missingMetrics(GenAiConformance conformance) {
        List<SpanData> due = firstOfOperation.values().stream()
                .filter(span -> span.getEndEpochNanos() <= lastPointNanos)
                .toList();
        return conformance.check(due, metrics.values()).stream()
                .filter(finding -> finding.rule() == Rule.MISSING_METRIC)
                .toList();
    }
}
