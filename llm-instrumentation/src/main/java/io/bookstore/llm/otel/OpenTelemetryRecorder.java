package io.bookstore.llm.otel;

import io.bookstore.llm.InstrumentationScope;
import io.bookstore.llm.metrics.MetricsRecorder;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.GenAiMetric;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleCounter;
import io.opentelemetry.api.metrics.DoubleGauge;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.DoubleUpDownCounter;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.MeterBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Writes to an OpenTelemetry meter provider; a label without a value is left out, as the conventions want it. */
public final class OpenTelemetryRecorder implements MetricsRecorder {

    private final Meter meterOfV141;
    private final Meter meterOfV01;
    private final Map<GenAiMetric, Function<Attributes, Series>> instruments = new ConcurrentHashMap<>();

    private OpenTelemetryRecorder(OpenTelemetry openTelemetry) {
        this.meterOfV141 = meter(openTelemetry, GenAiConventions.V1_41);
        this.meterOfV01 = meter(openTelemetry, GenAiConventions.V0_1);
    }

    /** A recorder that writes to the meter provider of {@code openTelemetry}. */
    public static OpenTelemetryRecorder create(OpenTelemetry openTelemetry) {
        return new OpenTelemetryRecorder(openTelemetry);
    }

    private static Meter meter(OpenTelemetry openTelemetry, GenAiConventions generation) {
        MeterBuilder builder = openTelemetry
                .meterBuilder(InstrumentationScope.NAME)
                .setInstrumentationVersion(InstrumentationScope.VERSION);
        String schema = InstrumentationScope.schemaUrl(Set.of(generation));
        return (schema == null ? builder : builder.setSchemaUrl(schema)).build();
    }

    @Override
    public Series series(GenAiMetric metric, List<AttributeKey<?>> keys, Attributes attributes) {
        return instruments.computeIfAbsent(metric, this::instrument).apply(attributes);
    }

    private Function<Attributes, Series> instrument(GenAiMetric metric) {
        boolean whole = metric.unit().equals("{token}");
        return switch (metric.instrument()) {
            case HISTOGRAM -> whole ? longHistogram(metric) : histogram(metric);
            case COUNTER -> whole ? longCounter(metric) : counter(metric);
            case UP_DOWN_COUNTER -> upDownCounter(metric);
            case GAUGE -> gauge(metric);
        };
    }

    private Meter meter(GenAiMetric metric) {
        boolean ofV01 = metric.compareTo(GenAiMetric.INFERENCE_DURATION) >= 0
                && metric.compareTo(GenAiMetric.EXECUTE_TOOL_DURATION) <= 0;
        return ofV01 ? meterOfV01 : meterOfV141;
    }

    private Function<Attributes, Series> histogram(GenAiMetric metric) {
        DoubleHistogram histogram = meter(metric)
                .histogramBuilder(metric.wireName())
                .setUnit(metric.unit())
                .setDescription(metric.description())
                .setExplicitBucketBoundariesAdvice(metric.buckets())
                .build();
        return attributes -> value -> histogram.record(value, attributes);
    }

    private Function<Attributes, Series> longHistogram(GenAiMetric metric) {
        LongHistogram histogram = meter(metric)
                .histogramBuilder(metric.wireName())
                .ofLongs()
                .setUnit(metric.unit())
                .setDescription(metric.description())
                .setExplicitBucketBoundariesAdvice(
                        metric.buckets().stream().map(Double::longValue).toList())
                .build();
        return attributes -> value -> histogram.record((long) value, attributes);
    }

    private Function<Attributes, Series> counter(GenAiMetric metric) {
        DoubleCounter counter = meter(metric)
                .counterBuilder(metric.wireName())
                .ofDoubles()
                .setUnit(metric.unit())
                .setDescription(metric.description())
                .build();
        return attributes -> value -> counter.add(value, attributes);
    }

    private Function<Attributes, Series> longCounter(GenAiMetric metric) {
        LongCounter counter = meter(metric)
                .counterBuilder(metric.wireName())
                .setUnit(metric.unit())
                .setDescription(metric.description())
                .build();
        return attributes -> value -> counter.add((long) value, attributes);
    }

    private Function<Attributes, Series> upDownCounter(GenAiMetric metric) {
        DoubleUpDownCounter counter = meter(metric)
                .upDownCounterBuilder(metric.wireName())
                .ofDoubles()
                .setUnit(metric.unit())
                .setDescription(metric.description())
                .build();
        return attributes -> value -> counter.add(value, attributes);
    }

    private Function<Attributes, Series> gauge(GenAiMetric metric) {
        DoubleGauge gauge = meter(metric)
                .gaugeBuilder(metric.wireName())
                .setUnit(metric.unit())
                .setDescription(metric.description())
                .build();
        return attributes -> value -> gauge.set(value, attributes);
    }
}
