package io.bookstore.llm;

import io.bookstore.llm.cost.PriceList;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import io.opentelemetry.instrumentation.api.instrumenter.Instrumenter;
import io.opentelemetry.instrumentation.api.instrumenter.SpanKindExtractor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one door: makes a CLIENT span and the metrics of each call to a model. Thread-safe; build it once.
 *
 * <p>Nothing that goes wrong here reaches the host: it is counted, and logged once for each cause at WARN.
 */
public final class GenAiTelemetry {

    static final ContextKey<Inference> CALL = ContextKey.named("llm-inference");

    private static final String SCOPE = "io.bookstore.llm";
    private static final int DEFAULT_MAX_MODELS = 50;

    private final Instrumenter<Inference, Outcome> instrumenter;
    private final List<MetricsRecorder> recorders;
    private final PriceList prices;
    private final LongSupplier nanoTime;
    private final ModelNames modelNames;
    private final Failures failures;

    private GenAiTelemetry(Builder builder) {
        this.recorders = List.copyOf(builder.recorders);
        this.failures = new Failures(recorders);
        this.modelNames = new ModelNames(builder.maxModels);
        this.instrumenter = Instrumenter.<Inference, Outcome>builder(
                        builder.openTelemetry, SCOPE, call -> spanName(call.request()))
                .addAttributesExtractor(new SpanAttributes(failures))
                .buildInstrumenter(SpanKindExtractor.alwaysClient());
        this.prices = builder.prices;
        this.nanoTime = builder.nanoTime;
    }

    /** Spans and the bundled prices, no metrics. */
    public static GenAiTelemetry create(OpenTelemetry openTelemetry) {
        return builder(openTelemetry).build();
    }

    /** Starts a configuration; every setting has a default. */
    public static Builder builder(OpenTelemetry openTelemetry) {
        return new Builder(openTelemetry);
    }

    /**
     * Starts a call. The caller ends it with exactly one of {@link Inference#complete}, {@link Inference#fail} and
     * {@link Inference#cancel}.
     */
    public Inference start(InferenceRequest request) {
        Context parent = Context.current();
        Inference call = new Inference(this, request, metricsRequest(request), parent, nanoTime.getAsLong());
        failures.guard("start_span", () -> {
            Context context = instrumenter.shouldStart(parent, call) ? instrumenter.start(parent, call) : parent;
            call.startedIn(context.with(CALL, call));
        });
        each(recorder -> recorder.started(call.metricsRequest()));
        return call;
    }

    /**
     * Makes a call: starts it, runs {@code body} with its span current, and ends it with what {@code reader} finds in the
     * result. What the body throws is rethrown as it is; what the reader throws is not.
     */
    public <T> T call(InferenceRequest request, Callable<T> body, Function<T, InferenceResponse> reader)
            throws Exception {
        Inference call = start(request);
        try (Scope ignored = call.makeCurrent()) {
            T result = body.call();
            failures.guard("read_response", () -> call.complete(reader.apply(result)));
            return result;
        } catch (Throwable error) {
            call.fail(error);
            throw error;
        } finally {
            call.complete(InferenceResponse.of(null, TokenUsage.UNKNOWN));
        }
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    void ended(Inference call, Outcome outcome) {
        failures.guard("price", () -> call.priced(price(call)));
        try (Scope ignored = call.context().makeCurrent()) {
            Measurement measurement = new Measurement(
                    call.metricsRequest(),
                    modelNames.limited(call.responseModel()),
                    outcome,
                    call.seconds(),
                    call.timeToFirstChunk(),
                    call.secondsPerChunk(),
                    call.usage(),
                    call.cost());
            each(recorder -> recorder.ended(measurement));
        }
        Throwable error = outcome instanceof Outcome.Failed failed ? failed.error() : null;
        failures.guard("end_span", () -> instrumenter.end(call.context(), call, outcome, error));
    }

    void recordAttempt(Inference call, @Nullable ErrorType type) {
        each(recorder -> recorder.attempt(call.metricsRequest(), type == null ? null : type.wireName()));
    }

    void recordRateLimit(String provider, String kind, long remaining) {
        each(recorder -> recorder.rateLimitRemaining(provider, kind, remaining));
    }

    private io.bookstore.llm.cost.@Nullable Cost price(Inference call) {
        String responseModel = call.responseModel();
        InferenceRequest request = call.request();
        return prices.cost(
                request.provider(),
                responseModel == null ? request.model() : responseModel,
                request.model(),
                call.usage());
    }

    private void each(Consumer<MetricsRecorder> action) {
        for (MetricsRecorder recorder : recorders) {
            failures.guard("record_metrics", () -> action.accept(recorder));
        }
    }

    private InferenceRequest metricsRequest(InferenceRequest request) {
        String limited = modelNames.limited(request.model());
        return Objects.equals(limited, request.model()) ? request : request.withModel(limited);
    }

    private static String spanName(InferenceRequest request) {
        return request.model() == null ? request.operation() : request.operation() + " " + request.model();
    }

    /** Configures a {@link GenAiTelemetry}. Not thread-safe. */
    public static final class Builder {

        private final OpenTelemetry openTelemetry;
        private final List<MetricsRecorder> recorders = new ArrayList<>();
        private PriceList prices = PriceList.bundled();
        private LongSupplier nanoTime = System::nanoTime;
        private int maxModels = DEFAULT_MAX_MODELS;

        private Builder(OpenTelemetry openTelemetry) {
            this.openTelemetry = Objects.requireNonNull(openTelemetry, "openTelemetry");
        }

        /** Where measurements go; may be called several times. Default: nowhere. */
        public Builder metrics(MetricsRecorder recorder) {
            recorders.add(Objects.requireNonNull(recorder, "recorder"));
            return this;
        }

        /** What calls cost. Default: {@link PriceList#bundled()}. */
        public Builder prices(PriceList value) {
            prices = Objects.requireNonNull(value, "prices");
            return this;
        }

        /** Nanoseconds of a clock that only goes forward. Default: {@link System#nanoTime()}. */
        public Builder nanoTime(LongSupplier value) {
            nanoTime = Objects.requireNonNull(value, "nanoTime");
            return this;
        }

        /**
         * How many model names metrics may carry; the next ones are {@code other} there, spans carry them all. Default: 50.
         */
        public Builder maxModels(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("maxModels must be >= 1, was " + value);
            }
            maxModels = value;
            return this;
        }

        public GenAiTelemetry build() {
            return new GenAiTelemetry(this);
        }
    }
}
