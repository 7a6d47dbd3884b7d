package io.bookstore.llm;

import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.GenAiEvent;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one door: makes a span and the metrics of each call to a model, and a span of each tool that a model asks for.
 * Thread-safe; build it once.
 *
 * <p>Nothing that goes wrong here reaches the host: it is counted, and logged once for each cause at WARN.
 */
public final class GenAiTelemetry {

    static final ContextKey<Inference> CALL = ContextKey.named("llm-inference");

    private static final InferenceRequest NOBODY_ASKED =
            InferenceRequest.chat("none", null).build();

    private final SpanWriter spans;
    private final InferenceSpan inferenceSpan;
    private final ToolSpan toolSpan;
    private final CallMetrics metrics;
    private final CallEvents events;
    private final CallPrices prices;
    private final LongSupplier nanoTime;
    private final Failures failures;
    private final @Nullable Function<Throwable, ErrorType> errorClassifier;
    private final boolean readBaggage;
    private final boolean capturesContent;
    private final boolean enabled;
    private final Inference disabledCall;

    GenAiTelemetry(GenAiTelemetryBuilder builder) {
        List<MetricsRecorder> recorders = List.copyOf(builder.recorders);
        Set<GenAiConventions> conventions = builder.chosenConventions();
        ContextTags contextTags = new ContextTags(conventions);
        this.failures = new Failures(recorders);
        this.metrics = new CallMetrics(recorders, failures, conventions, builder.metricKeys, builder.maxModels);
        this.inferenceSpan = new InferenceSpan(
                failures, conventions, builder.attributes, contextTags, builder.profiles, builder.content);
        this.toolSpan = new ToolSpan(failures, contextTags, builder.profiles, builder.content);
        ExceptionAttributes exceptions = new ExceptionAttributes(failures, builder.content, builder.exceptionMessages);
        this.spans = new SpanWriter(InstrumentationScope.tracer(builder.openTelemetry, conventions), exceptions);
        this.events = new CallEvents(
                InstrumentationScope.logger(builder.openTelemetry, conventions),
                failures,
                inferenceSpan,
                exceptions,
                conventions,
                Set.copyOf(builder.events));
        this.prices = new CallPrices(
                builder.prices == null ? CallPrices.ofEnvironment(failures) : builder.prices, builder.clock);
        this.nanoTime = builder.nanoTime;
        this.errorClassifier = builder.errorClassifier;
        this.readBaggage = builder.readBaggage;
        this.capturesContent = builder.content != null;
        this.enabled = builder.enabled;
        this.disabledCall = Inference.passive(this, NOBODY_ASKED);
    }

    /** Spans and the bundled prices, no metrics. */
    public static GenAiTelemetry create(OpenTelemetry openTelemetry) {
        return builder(openTelemetry).build();
    }

    /** Starts a configuration; every setting has a default. */
    public static GenAiTelemetryBuilder builder(OpenTelemetry openTelemetry) {
        return new GenAiTelemetryBuilder(openTelemetry);
    }

    /** Whether calls are measured at all; if not, wrappers need not even build requests. */
    public boolean enabled() {
        return enabled;
    }

    /**
     * Starts a call. The caller ends it with exactly one of {@link Inference#complete}, {@link Inference#fail} and
     * {@link Inference#cancel}.
     *
     * <p>Directly within a call of the same operation and model, or where one of both does not know its model, this is the
     * same call seen by another wrapper: what is returned then is not {@link Inference#measured}, so that nothing is counted
     * twice. A call of another model, and any call within a tool, is one of its own.
     */
    public Inference start(InferenceRequest request) {
        if (!enabled) {
            return disabledCall;
        }
        Inference outer = Inference.current();
        if (outer != null && outer.isAlso(request)) {
            return Inference.passive(this, request);
        }
        Context parent = Context.current();
        Inference call = new Inference(
                this,
                request,
                CallContext.effective(request.context(), parent, readBaggage),
                parent,
                nanoTime.getAsLong());
        Context context = parent;
        boolean hasSpan = false;
        try {
            context =
                    spans.start(parent, request.spanName(), SpanKind.CLIENT, span -> inferenceSpan.onStart(span, call));
            hasSpan = true;
        } catch (Throwable e) {
            failures.note("start_span", e);
        }
        call.startedIn(context.with(CALL, call), hasSpan);
        metrics.started(request);
        return call;
    }

    /**
     * Makes a call: starts it, runs {@code body} with its span current, and ends it with what {@code reader} finds in the
     * result. What the body throws is rethrown as it is; what the reader throws is not.
     */
    public <T> T call(InferenceRequest request, Callable<T> body, Function<T, InferenceResponse> reader)
            throws Exception {
        if (!enabled) {
            return body.call();
        }
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

    /**
     * Makes a call whose answer comes in pieces: starts it and runs {@code body} with its span current. The body tells of
     * each {@link Inference#chunk} and of the whole answer by {@link Inference#complete}; what it returns is returned.
     *
     * <p>A call that the body left without an end is cancelled. An exception of the body fails the call, or cancels it if
     * it is a cancellation or an interrupt, and is rethrown as it is.
     */
    public <T extends @Nullable Object, E extends Exception> T stream(InferenceRequest request, StreamBody<T, E> body)
            throws E {
        Inference call = start(request);
        try (Scope ignored = call.makeCurrent()) {
            return body.run(call);
        } catch (Throwable error) {
            call.fail(error);
            throw error;
        } finally {
            call.close();
        }
    }

    /**
     * Starts a tool's execution. The caller ends it with exactly one of {@link ToolExecution#complete},
     * {@link ToolExecution#fail} and {@link ToolExecution#cancel}.
     */
    public ToolExecution startTool(ToolRequest request) {
        // A tool's calls are its own, whatever call it serves.
        Context parent = enabled ? Context.current().with(CALL, disabledCall) : Context.current();
        ToolExecution execution = new ToolExecution(
                this,
                request,
                CallContext.effective(request.context(), parent, readBaggage),
                parent,
                nanoTime.getAsLong());
        if (enabled) {
            failures.guard(
                    "start_span",
                    () -> execution.startedIn(spans.start(
                            parent,
                            "execute_tool " + request.name(),
                            SpanKind.INTERNAL,
                            span -> toolSpan.onStart(span, execution))));
        }
        return execution;
    }

    /** Runs a tool with its span current; its result is told as text. What the tool throws is rethrown as it is. */
    public <T> T callTool(ToolRequest request, Callable<T> tool) throws Exception {
        ToolExecution execution = startTool(request);
        try (Scope ignored = execution.makeCurrent()) {
            T result = tool.call();
            failures.guard(
                    "read_response",
                    () -> execution.complete(capturesContent && result != null ? result.toString() : null));
            return result;
        } catch (Throwable error) {
            execution.fail(error);
            throw error;
        } finally {
            execution.complete(null);
        }
    }

    /**
     * Tells of a defect that an adapter of a framework has caught while it measured, as if it were one of the telemetry's
     * own. Throws it again if the virtual machine is at its end, and nothing else.
     *
     * @param stage what could not be done, for example {@code read_response}; a label, so one of a few constants
     */
    public void defect(String stage, Throwable error) {
        failures.note(stage, error);
    }

    void ended(Inference call, Outcome outcome) {
        try {
            call.priced(prices.of(call));
        } catch (Throwable e) {
            failures.note("price", e);
        }
        try (Scope ignored = call.context().makeCurrent()) {
            metrics.ended(call, outcome);
        }
        events.ended(call, outcome);
        if (!call.hasSpan()) {
            return; // What is current in its context is the host's own span.
        }
        Throwable error = outcome instanceof Outcome.Failed failed ? failed.error() : null;
        try {
            spans.end(call.context(), error, span -> inferenceSpan.onEnd(span, call, outcome));
        } catch (Throwable e) {
            failures.note("end_span", e);
        }
    }

    void ended(ToolExecution execution, ToolExecution.End end) {
        if (!enabled) {
            return;
        }
        try (Scope ignored = execution.makeCurrent()) {
            metrics.toolEnded(execution.request().name(), end.seconds(), end.label());
        }
        if (execution.hasSpan()) {
            failures.guard(
                    "end_span",
                    () -> spans.end(execution.context(), end.error(), span -> toolSpan.onEnd(span, execution, end)));
        }
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** Returns false for a span that nobody records, unless an event has the same content. */
    boolean capturesContent(Context context) {
        return capturesContent
                && (events.wants(GenAiEvent.OPERATION_DETAILS)
                        || Span.fromContext(context).isRecording());
    }

    CallMetrics metrics() {
        return metrics;
    }

    CallEvents events() {
        return events;
    }

    Failures failures() {
        return failures;
    }

    /** The host's classifier knows best; what it leaves open, {@code otherwise} may tell. */
    ErrorType errorType(Throwable error, Function<Throwable, ErrorType> otherwise) {
        ErrorType told = errorClassifier == null ? ErrorType.OTHER : classify(errorClassifier, error);
        return told == ErrorType.OTHER ? classify(otherwise, error) : told;
    }

    private ErrorType classify(Function<Throwable, ErrorType> classifier, Throwable error) {
        try {
            return Objects.requireNonNull(classifier.apply(error), "error type");
        } catch (Throwable e) {
            failures.note("classify_error", e);
            return ErrorType.OTHER;
        }
    }
}
