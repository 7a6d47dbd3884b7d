package io.bookstore.llm.micrometer;

import io.bookstore.llm.metrics.MetricsRecorder;
import io.bookstore.llm.semconv.GenAiMetric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.ToDoubleFunction;

/**
 * Writes to a Micrometer registry, with the same label names in every series of a meter; {@code none} stands where there
 * is no value. Numbers stay numbers: nothing goes through an Observation.
 */
public final class MicrometerRecorder implements MetricsRecorder {

    private static final String NONE = "none";
    private static final double NANOS = 1e9;

    private final MeterRegistry registry;

    // Gauges in Micrometer hold their number weakly, so somebody must hold it.
    private final Map<Tags, DoubleAdder> sums = new ConcurrentHashMap<>();
    private final Map<Tags, AtomicReference<Double>> lastValues = new ConcurrentHashMap<>();

    private MicrometerRecorder(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A recorder that writes to {@code registry}. */
    public static MicrometerRecorder create(MeterRegistry registry) {
        return new MicrometerRecorder(registry);
    }

    @Override
    public Series series(GenAiMetric metric, List<AttributeKey<?>> keys, Attributes attributes) {
        Tags tags = tags(keys, attributes);
        return switch (metric.instrument()) {
            case HISTOGRAM -> metric.unit().equals("s") ? timer(metric, tags) : summary(metric, tags);
            case COUNTER -> counter(metric, tags);
            case UP_DOWN_COUNTER -> sum(metric, tags);
            case GAUGE -> lastValue(metric, tags);
        };
    }

    private Series timer(GenAiMetric metric, Tags tags) {
        Timer timer = Timer.builder(metric.wireName())
                .description(metric.description())
                .serviceLevelObjectives(metric.buckets().stream()
                        .map(seconds -> Duration.ofNanos(Math.round(seconds * NANOS)))
                        .toArray(Duration[]::new))
                .tags(tags)
                .register(registry);
        return new Durations(timer);
    }

    private Series summary(GenAiMetric metric, Tags tags) {
        return DistributionSummary.builder(metric.wireName())
                .description(metric.description())
                .serviceLevelObjectives(metric.buckets().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray())
                .tags(tags)
                .register(registry)::record;
    }

    private Series counter(GenAiMetric metric, Tags tags) {
        return Counter.builder(metric.wireName())
                .description(metric.description())
                .tags(tags)
                .register(registry)::increment;
    }

    private Series sum(GenAiMetric metric, Tags tags) {
        DoubleAdder sum = sums.computeIfAbsent(tags.and("meter", metric.wireName()), key -> {
            DoubleAdder number = new DoubleAdder();
            setGauge(metric, tags, number, DoubleAdder::sum);
            return number;
        });
        return sum::add;
    }

    private Series lastValue(GenAiMetric metric, Tags tags) {
        AtomicReference<Double> last = lastValues.computeIfAbsent(tags.and("meter", metric.wireName()), key -> {
            AtomicReference<Double> number = new AtomicReference<>(0.0);
            setGauge(metric, tags, number, AtomicReference::get);
            return number;
        });
        return last::set;
    }

    private <T> void setGauge(GenAiMetric metric, Tags tags, T number, ToDoubleFunction<T> read) {
        Gauge.builder(metric.wireName(), number, read)
                .description(metric.description())
                .tags(tags)
                .register(registry);
    }

    private record Durations(Timer timer) implements Series {

        @Override
        public void record(double seconds) {
            recordNanos(Math.round(seconds * NANOS));
        }

        @Override
        public void recordNanos(long nanos) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private static Tags tags(List<AttributeKey<?>> keys, Attributes attributes) {
        return Tags.of(keys.stream()
                .map(key -> {
                    Object value = attributes.get(key);
                    return Tag.of(key.getKey(), value == null ? NONE : value.toString());
                })
                .toList());
    }
}
