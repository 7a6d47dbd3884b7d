package io.bookstore.k6.run;

import io.bookstore.perf.metrics.Metric;
import java.util.List;
import java.util.Map;

/**
 * A metric, or the part of it that a threshold's tags select, at the end of a run.
 *
 * @param name   with the tag filter, as the threshold's key has it
 * @param filter empty for a metric as a whole
 * @param values as {@code handleSummary} sees them
 */
public record MetricResult(
        String name,
        Metric metric,
        Map<String, String> filter,
        Map<String, Double> values,
        List<ThresholdResult> thresholds) {

    /**
     * @param expression  as written
     * @param aggregation its left side
     * @param value       what it was compared with
     */
    public record ThresholdResult(String expression, boolean ok, String aggregation, double value) {}
}
