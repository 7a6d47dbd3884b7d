package io.bookstore.llm.micrometer;

import io.bookstore.llm.InferenceRequest;
import io.bookstore.llm.Measurement;
import io.bookstore.llm.MetricsRecorder;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.bookstore.llm.semconv.GenAiMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.common.AttributeKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a Micrometer registry, with the same label names in every series of a meter; {@code none} stands where there
 * is no value.
 */
public final class MicrometerRecorder implements MetricsRecorder {

    private static final Duration[] DURATION_OBJECTIVES = GenAiMetrics.DURATION_BUCKETS.stream()
            .map(seconds -> Duration.ofNanos(Math.round(seconds * 1e9)))
            .toArray(Duration[]::new);
    private static final double[] TOKEN_OBJECTIVES =
            GenAiMetrics.TOKEN_BUCKETS.stream().mapToDouble(Double::doubleValue).toArray();

    private final MeterRegistry registry;

    // Gauges in Micrometer hold their number weakly, so somebody must hold it.
    private final Map<Tags, AtomicLong> active = new ConcurrentHashMap<>();
    private final Map<Tags, AtomicLong> remaining = new ConcurrentHashMap<>();

    private MicrometerRecorder(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A recorder that writes to {@code registry}. */
    public static MicrometerRecorder create(MeterRegistry registry) {
        return new MicrometerRecorder(registry);
    }

    @Override
    public void started(InferenceRequest request) {
        active(request).incrementAndGet();
    }

    @Override
    public void ended(Measurement measurement) {
        InferenceRequest request = measurement.request();
        active(request).decrementAndGet();
        Tags call = call(request, measurement.responseModel());
        Tags callWithError = call.and(tag(GenAiAttributes.ERROR_TYPE, measurement.errorType()));

        timer(GenAiMetrics.OPERATION_DURATION, "Duration of calls to a model", callWithError)
                .record(nanos(measurement.seconds()));
        Double timeToFirstChunk = measurement.timeToFirstChunk();
        if (timeToFirstChunk != null) {
            timer(GenAiMetrics.TIME_TO_FIRST_CHUNK, "Time to the first piece of a streamed answer", callWithError)
                    .record(nanos(timeToFirstChunk));
        }
        if (measurement.secondsPerChunk().length > 0) {
            Timer perChunk = timer(
                    GenAiMetrics.TIME_PER_OUTPUT_CHUNK, "Time between pieces of a streamed answer", callWithError);
            for (double seconds : measurement.secondsPerChunk()) {
                perChunk.record(nanos(seconds));
            }
        }
        Tags usage = measurement.errorType() == null ? call : null;
        tokens(request, usage, "input", measurement.usage().input());
        tokens(request, usage, "output", measurement.usage().output());
        cost(measurement);
    }

    @Override
    public void attempt(InferenceRequest request, @Nullable String errorType) {
        Counter.builder(GenAiMetrics.ATTEMPTS)
                .description("Attempts behind the calls, retries included")
                .tags(model(request)
                        .and(GenAiMetrics.OUTCOME, errorType == null ? "success" : "failure")
                        .and(tag(GenAiAttributes.ERROR_TYPE, errorType)))
                .register(registry)
                .increment();
    }

    @Override
    public void rateLimitRemaining(String provider, String kind, long left) {
        Tags tags = Tags.of(tag(GenAiAttributes.PROVIDER_NAME, provider), Tag.of(GenAiMetrics.KIND, kind));
        gauge(remaining, GenAiMetrics.RATELIMIT_REMAINING, "What the provider's last answer left of a limit", tags)
                .set(left);
    }

    @Override
    public void instrumentationFailed(String stage) {
        Counter.builder(GenAiMetrics.INSTRUMENTATION_FAILURES)
                .description("Defects of the telemetry that were kept from the calls")
                .tag(GenAiMetrics.STAGE, stage)
                .register(registry)
                .increment();
    }

    // The histogram describes whole calls (conventions, issue 530); the counter adds up whatever was spent.
    private void tokens(InferenceRequest request, @Nullable Tags call, String type, @Nullable Long count) {
        if (count == null) {
            return;
        }
        Tag typeTag = tag(GenAiAttributes.TOKEN_TYPE, type);
        if (call != null) {
            DistributionSummary.builder(GenAiMetrics.TOKEN_USAGE)
                    .description("Tokens of a call")
                    .serviceLevelObjectives(TOKEN_OBJECTIVES)
                    .tags(call.and(typeTag))
                    .register(registry)
                    .record(count);
        }
        Counter.builder(GenAiMetrics.TOKENS)
                .description("Tokens that providers reported")
                .tags(model(request).and(typeTag))
                .register(registry)
                .increment(count);
    }

    private void cost(Measurement measurement) {
        Tags model = model(measurement.request());
        if (measurement.cost() != null) {
            Counter.builder(GenAiMetrics.COST_USD)
                    .description("Cost of calls in US dollars, by the price list")
                    .tags(model)
                    .register(registry)
                    .increment(measurement.cost().usd().doubleValue());
        } else if (measurement.errorType() == null) {
            Counter.builder(GenAiMetrics.COST_UNKNOWN)
                    .description("Calls whose model has no known price or whose provider sent no usage")
                    .tags(model)
                    .register(registry)
                    .increment();
        }
    }

    private AtomicLong active(InferenceRequest request) {
        return gauge(active, GenAiMetrics.REQUESTS_ACTIVE, "Calls to models in flight", model(request));
    }

    private AtomicLong gauge(Map<Tags, AtomicLong> numbers, String name, String description, Tags tags) {
        Function<Tags, AtomicLong> register = key -> {
            AtomicLong number = new AtomicLong();
            Gauge.builder(name, number, AtomicLong::doubleValue)
                    .description(description)
                    .tags(key)
                    .register(registry);
            return number;
        };
        return numbers.computeIfAbsent(tags, register);
    }

    private Timer timer(String name, String description, Tags tags) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(DURATION_OBJECTIVES)
                .tags(tags)
                .register(registry);
    }

    private static Tags call(InferenceRequest request, @Nullable String responseModel) {
        Integer port = request.serverPort();
        return Tags.of(
                tag(GenAiAttributes.OPERATION_NAME, request.operation()),
                tag(GenAiAttributes.PROVIDER_NAME, request.provider()),
                tag(GenAiAttributes.REQUEST_MODEL, request.model()),
                tag(GenAiAttributes.RESPONSE_MODEL, responseModel),
                tag(GenAiAttributes.SERVER_ADDRESS, request.serverAddress()),
                tag(GenAiAttributes.SERVER_PORT, port == null ? null : port.toString()));
    }

    private static Tags model(InferenceRequest request) {
        return Tags.of(
                tag(GenAiAttributes.PROVIDER_NAME, request.provider()),
                tag(GenAiAttributes.REQUEST_MODEL, request.model()));
    }

    private static Tag tag(AttributeKey<?> key, @Nullable String value) {
        return Tag.of(key.getKey(), value == null ? GenAiMetrics.NONE : value);
    }

    private static Duration nanos(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
