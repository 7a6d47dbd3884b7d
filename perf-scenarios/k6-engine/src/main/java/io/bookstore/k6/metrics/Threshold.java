package io.bookstore.k6.metrics;

import io.bookstore.k6.options.ThresholdOptions;
import io.bookstore.perf.metrics.Aggregation;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sink;
import io.bookstore.perf.metrics.ThresholdExpression;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An expression on one series and how it stood at the last evaluation. */
final class Threshold {
    private final ThresholdExpression expression;
    private final Aggregation aggregation;
    private final ThresholdOptions options;
    private boolean crossed;

    /** @throws IllegalArgumentException if the expression is malformed or does not fit the metric */
    Threshold(String key, Metric metric, ThresholdOptions options) {
        this.expression = ThresholdExpression.parse(key, options.expression());
        this.aggregation = expression.aggregationOf(metric.type(), key);
        this.options = options;
    }

    String text() {
        return expression.text();
    }

    Aggregation aggregation() {
        return aggregation;
    }

    boolean crossed() {
        return crossed;
    }

    void evaluate(Series series, double seconds) {
        Sink sink = series.sink();
        @Nullable Double value = sink.empty() ? null : sink.aggregate(aggregation, seconds);
        crossed = !expression.holds(series.metric().type(), value);
    }

    boolean abortsAt(Duration elapsed) {
        return crossed && options.abortOnFail() && elapsed.compareTo(options.delayAbortEval()) >= 0;
    }
}
