package io.bookstore.llm.internal.metrics;

import io.bookstore.llm.internal.call.Failures;
import io.bookstore.llm.metrics.MetricsRecorder;
import io.bookstore.llm.metrics.MetricsRecorder.Series;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.bookstore.llm.semconv.GenAiMetric;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The series of all metrics under one set of labels, each made when it is first used. Recording then costs no building of
 * labels and no look-up, which is most of what a measurement costs otherwise.
 */
final class SeriesSet {

    private static final int METRICS = GenAiMetric.values().length;

    private final List<MetricsRecorder> recorders;
    private final Failures failures;
    private final Attributes labels;
    private final List<AttributeKey<?>> keys;
    private final AtomicReferenceArray<Series[]> bound = new AtomicReferenceArray<>(METRICS * Variant.values().length);

    /**
     * @param labels those of {@code keys} that have a value
     * @param keys   every label that the metrics may have
     */
    SeriesSet(List<MetricsRecorder> recorders, Failures failures, Attributes labels, List<AttributeKey<?>> keys) {
        this.recorders = recorders;
        this.failures = failures;
        this.labels = labels;
        this.keys = keys;
    }

    void record(GenAiMetric metric, double value) {
        record(metric, Variant.NONE, value);
    }

    /** Records a count unless it is unknown. */
    void record(GenAiMetric metric, Variant variant, @Nullable Long value) {
        if (value != null) {
            record(metric, variant, value.doubleValue());
        }
    }

    /** Returns a sink for many durations of one metric: the series are looked up once for all of them. */
    LongConsumer nanos(GenAiMetric metric) {
        Series[] series = bound(metric, Variant.NONE);
        return nanos -> {
            for (Series one : series) {
                try {
                    one.recordNanos(nanos);
                } catch (Throwable e) {
                    failures.note("record_metrics", e);
                }
            }
        };
    }

    void record(GenAiMetric metric, Variant variant, double value) {
        for (Series one : bound(metric, variant)) {
            try {
                one.record(value);
            } catch (Throwable e) {
                failures.note("record_metrics", e);
            }
        }
    }

    private Series[] bound(GenAiMetric metric, Variant variant) {
        int slot = variant.ordinal() * METRICS + metric.ordinal();
        Series[] series = bound.get(slot);
        if (series == null) {
            series = bind(metric, variant);
            bound.set(slot, series);
        }
        return series;
    }

    private Series[] bind(GenAiMetric metric, Variant variant) {
        Attributes own = labels;
        List<AttributeKey<?>> ownKeys = keys;
        if (variant.key != null) {
            AttributesBuilder more = labels.toBuilder();
            more.put(variant.key, variant.value);
            own = more.build();
            ownKeys = new ArrayList<>(keys);
            ownKeys.add(variant.key);
        }
        List<Series> series = new ArrayList<>();
        for (MetricsRecorder recorder : recorders) {
            try {
                series.add(recorder.series(metric, ownKeys, own));
            } catch (Throwable e) {
                failures.note("record_metrics", e);
            }
        }
        return series.toArray(Series[]::new);
    }

    /** A label with a fixed value that some metrics add. */
    enum Variant {
        NONE(null, ""),
        INPUT(GenAiAttributes.TOKEN_TYPE, "input"),
        OUTPUT(GenAiAttributes.TOKEN_TYPE, "output"),
        // Providers tell modalities in part at most; a guess would be an invention.
        UNKNOWN_MODALITY(GenAiAttributes.TOKEN_MODALITY, "unknown");

        private final @Nullable AttributeKey<String> key;
        private final String value;

        Variant(@Nullable AttributeKey<String> key, String value) {
            this.key = key;
            this.value = value;
        }
    }
}
