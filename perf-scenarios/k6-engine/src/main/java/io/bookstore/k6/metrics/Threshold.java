package io.bookstore.k6.metrics;

import io.bookstore.k6.options.ThresholdOptions;
import io.bookstore.perf.metrics.Aggregation;
import io.bookstore.perf.metrics.MetricType;
import io.bookstore.perf.metrics.Sink;
import io.bookstore.perf.metrics.ThresholdExpression;
import java.time.Duration;

/** One expression on one series and how it stood at the last evaluation. */
final class Threshold {
    private final ThresholdExpression expression;
    private final ThresholdOptions options;
    private boolean crossed;

    Threshold(ThresholdExpression expression, ThresholdOptions options) {
        this.expression = expression;
        this.options = options;
    }

    String text() {
        return expression.text();
    }

    Aggregation aggregation() {
        return expression.aggregation();
    }

    boolean crossed() {
        return crossed;
    }

    /** A rate without samples always passes; every other type counts as 0. */
    void evaluate(Series series, double seconds) {
        Sink sink = series.sink();
        boolean passesUnseen = series.metric().type() == MetricType.RATE && sink.empty();
        crossed = !passesUnseen && !expression.holds(sink.aggregate(expression.aggregation(), seconds));
    }

    boolean abortsAt(Duration elapsed) {
        return crossed && options.abortOnFail() && elapsed.compareTo(options.delayAbortEval()) >= 0;
    }
}
