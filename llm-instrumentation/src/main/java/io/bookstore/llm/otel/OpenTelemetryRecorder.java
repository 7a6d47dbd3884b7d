package io.bookstore.llm.otel;

import io.bookstore.llm.InferenceRequest;
import io.bookstore.llm.Measurement;
import io.bookstore.llm.MetricsRecorder;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.bookstore.llm.semconv.GenAiMetrics;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleCounter;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongGauge;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes to an OpenTelemetry meter provider; a label without a value is left out, as the conventions want it. */
public final class OpenTelemetryRecorder implements MetricsRecorder {

    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey(GenAiMetrics.OUTCOME);
    private static final AttributeKey<String> STAGE = AttributeKey.stringKey(GenAiMetrics.STAGE);
    private static final AttributeKey<String> KIND = AttributeKey.stringKey(GenAiMetrics.KIND);

    private final DoubleHistogram duration;
    private final DoubleHistogram timeToFirstChunk;
    private final DoubleHistogram timePerOutputChunk;
    private final LongHistogram tokenUsage;
    private final LongCounter tokens;
    private final DoubleCounter costUsd;
    private final LongCounter costUnknown;
    private final LongUpDownCounter active;
    private final LongCounter attempts;
    private final LongGauge remaining;
    private final LongCounter failures;

    private OpenTelemetryRecorder(Meter meter) {
        duration = seconds(meter, GenAiMetrics.OPERATION_DURATION, "Duration of calls to a model");
        timeToFirstChunk =
                seconds(meter, GenAiMetrics.TIME_TO_FIRST_CHUNK, "Time to the first piece of a streamed answer");
        timePerOutputChunk =
                seconds(meter, GenAiMetrics.TIME_PER_OUTPUT_CHUNK, "Time between pieces of a streamed answer");
        tokenUsage = meter.histogramBuilder(GenAiMetrics.TOKEN_USAGE)
                .ofLongs()
                .setUnit("{token}")
                .setDescription("Tokens of a call")
                .setExplicitBucketBoundariesAdvice(longs(GenAiMetrics.TOKEN_BUCKETS))
                .build();
        tokens = meter.counterBuilder(GenAiMetrics.TOKENS).setUnit("{token}").build();
        costUsd = meter.counterBuilder(GenAiMetrics.COST_USD)
                .ofDoubles()
                .setUnit("{USD}")
                .build();
        costUnknown = meter.counterBuilder(GenAiMetrics.COST_UNKNOWN).build();
        active = meter.upDownCounterBuilder(GenAiMetrics.REQUESTS_ACTIVE).build();
        attempts = meter.counterBuilder(GenAiMetrics.ATTEMPTS).build();
        remaining =
                meter.gaugeBuilder(GenAiMetrics.RATELIMIT_REMAINING).ofLongs().build();
        failures = meter.counterBuilder(GenAiMetrics.INSTRUMENTATION_FAILURES).build();
    }

    /** A recorder that writes to the meter provider of {@code openTelemetry}. */
    public static OpenTelemetryRecorder create(OpenTelemetry openTelemetry) {
        return new OpenTelemetryRecorder(openTelemetry.getMeter("io.bookstore.llm"));
    }

    @Override
    public void started(InferenceRequest request) {
        active.add(1, model(request).build());
    }

    @Override
    public void ended(Measurement measurement) {
        InferenceRequest request = measurement.request();
        Attributes model = model(request).build();
        active.add(-1, model);
        Attributes call = call(request, measurement.responseModel());
        duration.record(measurement.seconds(), withError(call, measurement.errorType()));
        if (measurement.timeToFirstChunk() != null) {
            timeToFirstChunk.record(measurement.timeToFirstChunk(), call);
        }
        for (double seconds : measurement.secondsPerChunk()) {
            timePerOutputChunk.record(seconds, call);
        }
        Attributes usage = measurement.errorType() == null ? call : null;
        tokens(model, usage, "input", measurement.usage().input());
        tokens(model, usage, "output", measurement.usage().output());
        if (measurement.cost() != null) {
            costUsd.add(measurement.cost().usd().doubleValue(), model);
        } else if (measurement.errorType() == null) {
            costUnknown.add(1, model);
        }
    }

    @Override
    public void attempt(InferenceRequest request, @Nullable String errorType) {
        Attributes outcome = model(request)
                .put(OUTCOME, errorType == null ? "success" : "failure")
                .build();
        attempts.add(1, withError(outcome, errorType));
    }

    @Override
    public void rateLimitRemaining(String provider, String kind, long left) {
        remaining.set(left, Attributes.of(GenAiAttributes.PROVIDER_NAME, provider, KIND, kind));
    }

    @Override
    public void instrumentationFailed(String stage) {
        failures.add(1, Attributes.of(STAGE, stage));
    }

    // The histogram describes whole calls (conventions, issue 530); the counter adds up whatever was spent.
    private void tokens(Attributes model, @Nullable Attributes call, String type, @Nullable Long count) {
        if (count != null) {
            if (call != null) {
                tokenUsage.record(
                        count,
                        call.toBuilder().put(GenAiAttributes.TOKEN_TYPE, type).build());
            }
            tokens.add(
                    count,
                    model.toBuilder().put(GenAiAttributes.TOKEN_TYPE, type).build());
        }
    }

    private static Attributes withError(Attributes attributes, @Nullable String errorType) {
        return errorType == null
                ? attributes
                : attributes.toBuilder()
                        .put(GenAiAttributes.ERROR_TYPE, errorType)
                        .build();
    }

    private static Attributes call(InferenceRequest request, @Nullable String responseModel) {
        AttributesBuilder call = model(request).put(GenAiAttributes.OPERATION_NAME, request.operation());
        if (responseModel != null) {
            call.put(GenAiAttributes.RESPONSE_MODEL, responseModel);
        }
        if (request.serverAddress() != null) {
            call.put(GenAiAttributes.SERVER_ADDRESS, request.serverAddress());
            if (request.serverPort() != null) {
                call.put(GenAiAttributes.SERVER_PORT, request.serverPort().longValue());
            }
        }
        return call.build();
    }

    private static AttributesBuilder model(InferenceRequest request) {
        AttributesBuilder model = Attributes.builder().put(GenAiAttributes.PROVIDER_NAME, request.provider());
        if (request.model() != null) {
            model.put(GenAiAttributes.REQUEST_MODEL, request.model());
        }
        return model;
    }

    private static DoubleHistogram seconds(Meter meter, String name, String description) {
        return meter.histogramBuilder(name)
                .setUnit("s")
                .setDescription(description)
                .setExplicitBucketBoundariesAdvice(GenAiMetrics.DURATION_BUCKETS)
                .build();
    }

    private static List<Long> longs(List<Double> values) {
        return values.stream().map(Double::longValue).toList();
    }
}
