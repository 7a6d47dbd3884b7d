package io.bookstore.llm.metrics;

import io.bookstore.llm.semconv.GenAiMetric;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.List;

/**
 * Writes measurements to one metrics backend. Implementations are thread-safe and quick; what they throw never reaches
 * the host. While a call's numbers are recorded the current OpenTelemetry context is that of the call, so that exemplars
 * find its span.
 */
public interface MetricsRecorder {

    /**
     * The series of a metric with these attributes, made where it does not exist. The library keeps what it gets, for a
     * bounded number of series.
     *
     * @param keys       every key that this metric may have, for backends that want the same ones in every series
     * @param attributes those keys of them that have a value
     */
    Series series(GenAiMetric metric, List<AttributeKey<?>> keys, Attributes attributes);

    /** A series of a backend. */
    @FunctionalInterface
    interface Series {

        /** Records a value of a histogram, adds to a counter, or sets a gauge. */
        void record(double value);

        /**
         * Records a duration of a histogram in seconds. A backend that keeps nanoseconds itself does without the detour;
         * every chunk of every stream comes this way.
         */
        default void recordNanos(long nanos) {
            record(nanos / 1e9);
        }
    }
}
