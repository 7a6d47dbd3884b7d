package io.bookstore.llm;

import io.bookstore.llm.content.Content;
import io.bookstore.llm.cost.Cost;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A call under way: one span, however many attempts it takes. Thread-safe; the first of {@link #complete}, {@link #fail}
 * and {@link #cancel} decides, whatever comes later is ignored.
 *
 * <p>Nothing here throws; a null where none belongs is taken for "not known".
 */
public final class Inference implements AutoCloseable {

    private static final double NANOS = 1e9;

    // One layer may say gpt-4o and another gpt-4o-2024-08-06; gpt-4o-mini and claude-opus-4-5 are models of their own.
    private static final Pattern VERSION = Pattern.compile("|[-@:](latest|v\\d.*|\\d{4}.*)");

    private final GenAiTelemetry telemetry;
    private final InferenceRequest request;
    private final CallContext callContext;
    private final @Nullable Context parent;
    private final long startNanos;
    private volatile @Nullable ChunkTimes chunks;
    private volatile @Nullable Context context;
    private volatile boolean hasSpan;
    private volatile @Nullable Outcome outcome;
    private Content content = Content.NONE;
    private TokenUsage usage = TokenUsage.UNKNOWN;
    private @Nullable Cost cost;
    private int attempts;
    private long endNanos;

    Inference(
            GenAiTelemetry telemetry,
            InferenceRequest request,
            CallContext callContext,
            Context parent,
            long startNanos) {
        this(telemetry, request, callContext, parent, startNanos, true);
    }

    private Inference(
            GenAiTelemetry telemetry,
            InferenceRequest request,
            CallContext callContext,
            @Nullable Context parent,
            long startNanos,
            boolean measured) {
        this.telemetry = telemetry;
        this.request = request;
        this.callContext = callContext;
        this.parent = parent;
        this.context = parent;
        this.startNanos = startNanos;
        this.outcome = measured ? null : Outcome.NOT_MEASURED;
    }

    /** A call that somebody else measures, or nobody. It has no context of its own and has always ended. */
    static Inference passive(GenAiTelemetry telemetry, InferenceRequest request) {
        return new Inference(telemetry, request, CallContext.NONE, null, 0, false);
    }

    /** Returns false if the telemetry is disabled or another wrapper around this one measures the same call. */
    public boolean measured() {
        return parent != null;
    }

    /** Returns whether this is the call that {@code other} describes, as another layer sees it; names of providers differ there. */
    boolean isAlso(InferenceRequest other) {
        return request.operation().equals(other.operation()) && isSameModel(request.model(), other.model());
    }

    private static boolean isSameModel(@Nullable String one, @Nullable String other) {
        return one == null || other == null || isVersionOf(one, other) || isVersionOf(other, one);
    }

    private static boolean isVersionOf(String version, String model) {
        return version.startsWith(model)
                && VERSION.matcher(version.substring(model.length())).matches();
    }

    /** What was asked; a placeholder if the telemetry is disabled. */
    public InferenceRequest request() {
        return request;
    }

    /** The call under way that surrounds the current thread's work, or null. */
    public static @Nullable Inference current() {
        Inference call = Context.current().get(GenAiTelemetry.CALL);
        return call == null || call.outcome != null ? null : call;
    }

    /** The context in which the call was started: what follows from the call, but is not part of it, belongs there. */
    public Context parent() {
        return parent == null ? Context.current() : parent;
    }

    /** The context with this call's span, if it has one; for callbacks on other threads. */
    public Context context() {
        Context own = context;
        return own == null ? Context.current() : own;
    }

    /** Makes the span current on this thread until the scope is closed, which must happen on this thread. */
    @SuppressWarnings("MustBeClosedChecker") // Closing it is the caller's part, as the contract says.
    public Scope makeCurrent() {
        Context own = context;
        return own == null ? Scope.noop() : own.makeCurrent();
    }

    /** A piece of the answer arrived: text, reasoning or a tool call. The first one gives the time to first chunk. */
    public void chunk() {
        if (outcome == null) {
            ChunkTimes times = chunks;
            (times == null ? firstChunk() : times).add(telemetry.nanoTime());
        }
    }

    private synchronized ChunkTimes firstChunk() {
        ChunkTimes times = chunks;
        if (times == null) {
            times = new ChunkTimes(startNanos);
            chunks = times;
        }
        return times;
    }

    /** Tokens that are known before the end; kept if the call ends without better ones. */
    public synchronized void usage(TokenUsage partial) {
        if (outcome == null && partial != null) {
            usage = partial;
        }
    }

    /**
     * Sets the content of the call; a second content follows the first. The supplier runs only if a content policy wants it
     * and the span is recorded or an event tells the same, and at once.
     */
    public void content(Supplier<Content> said) {
        if (outcome != null || !telemetry.capturesContent(context())) {
            return;
        }
        telemetry.failures().guard("capture_content", () -> add(said.get()));
    }

    private synchronized void add(Content more) {
        content = content.plus(more);
    }

    /** An attempt succeeded. */
    public void attemptSucceeded() {
        if (outcome == null) {
            countAttempt();
            telemetry.metrics().attempt(request, null);
        }
    }

    /**
     * An attempt failed; the call may go on with another.
     *
     * @param status     HTTP status, or null if there was none
     * @param retryAfter what the provider asked to wait, or null
     */
    public void attemptFailed(ErrorType type, @Nullable Integer status, @Nullable Duration retryAfter) {
        if (outcome != null) {
            return;
        }
        ErrorType known = type == null ? ErrorType.OTHER : type;
        AttributesBuilder attributes = Attributes.builder()
                .put(GenAiAttributes.ATTEMPT_NUMBER, (long) countAttempt())
                .put(GenAiAttributes.ERROR_TYPE, known.wireName());
        if (status != null) {
            attributes.put(GenAiAttributes.HTTP_RESPONSE_STATUS_CODE, status.longValue());
        }
        if (retryAfter != null) {
            // Not toNanos(): a provider may ask for more centuries than fit.
            attributes.put(GenAiAttributes.ATTEMPT_RETRY_AFTER, retryAfter.getSeconds() + retryAfter.getNano() / NANOS);
        }
        if (hasSpan) {
            Span.fromContext(context()).addEvent(GenAiAttributes.ATTEMPT_EVENT, attributes.build());
        }
        telemetry.metrics().attempt(request, known);
    }

    /**
     * A provider told what is left of a limit.
     *
     * @param kind {@code requests}, {@code tokens}, {@code input_tokens} or {@code output_tokens}
     */
    public void rateLimitRemaining(String kind, long remaining) {
        if (parent != null) {
            telemetry.metrics().rateLimit(request.provider(), kind, remaining);
        }
    }

    /** The whole answer is there. */
    public void complete(InferenceResponse response) {
        if (outcome == null) {
            end(new Outcome.Completed(response == null ? InferenceResponse.of(null, TokenUsage.UNKNOWN) : response));
        }
    }

    /** The call failed; what the exception means is found out by the telemetry's classifier. */
    public void fail(Throwable error) {
        fail(error, ErrorType::of);
    }

    /**
     * The call failed; what the exception means is found out by the telemetry's classifier or, if that leaves it open, by
     * {@code otherwise}, for example one that knows the exceptions of a framework.
     */
    public void fail(Throwable error, Function<Throwable, ErrorType> otherwise) {
        if (outcome == null) {
            fail(error, telemetry.errorType(error, otherwise));
        }
    }

    /** Ends the call as failed; with {@link ErrorType#CANCELLED} as {@link #cancel} does, for that is no error. */
    public void fail(Throwable error, ErrorType type) {
        if (outcome == null) {
            end(type == ErrorType.CANCELLED ? new Outcome.Cancelled() : new Outcome.Failed(error, type));
        }
    }

    /**
     * Ends the call as cancelled: the status of the span stays unset and it has no {@code error.type}; metrics get
     * {@code error.type=cancelled}. Ignored once the call has ended.
     */
    public void cancel() {
        if (outcome == null) {
            end(new Outcome.Cancelled());
        }
    }

    /**
     * Somebody judged the answer: {@code gen_ai.evaluation.result} under the span of this call, through OpenTelemetry's logs.
     * May be told after the call has ended, as often as there is something to tell.
     */
    public void evaluated(Evaluation evaluation) {
        if (parent != null && evaluation != null) {
            telemetry.events().evaluated(this, evaluation);
        }
    }

    /**
     * Cancels unless the call has ended. In a try-with-resources block an exception arrives here too: tell it by {@link #fail}
     * before, or use {@link GenAiTelemetry#stream}.
     */
    @Override
    public void close() {
        cancel();
    }

    private void end(Outcome how) {
        long now = telemetry.nanoTime();
        synchronized (this) {
            if (outcome != null) {
                return;
            }
            endNanos = now;
            if (how instanceof Outcome.Completed completed) {
                usage = completed.response().usage();
            }
            outcome = how;
        }
        telemetry.ended(this, how);
    }

    private synchronized int countAttempt() {
        return ++attempts;
    }

    CallContext callContext() {
        return callContext;
    }

    /** The value of a label that the host allowed onto metrics. */
    @Nullable
    String tag(AttributeKey<String> key) {
        String value = ContextTags.value(callContext, key);
        return value == null ? request.attributes().get(key) : value;
    }

    void startedIn(Context newContext, boolean withSpan) {
        context = newContext;
        hasSpan = withSpan;
    }

    /** Not if making it failed or another instrumentation suppresses it; the context is the host's then. */
    boolean hasSpan() {
        return hasSpan;
    }

    synchronized Content content() {
        return content;
    }

    synchronized TokenUsage usage() {
        return usage;
    }

    synchronized void priced(@Nullable Cost newCost) {
        cost = newCost;
    }

    synchronized @Nullable Cost cost() {
        return cost;
    }

    synchronized int attempts() {
        return attempts;
    }

    synchronized double seconds() {
        return Math.max(0, endNanos - startNanos) / NANOS;
    }

    /** An answer had begun to come, and so to cost, but its tokens were not told in full. */
    boolean tokensAreMissing() {
        TokenUsage told = usage();
        boolean whole = outcome instanceof Outcome.Completed && told.input() != null && told.output() != null;
        return chunks != null && !whole;
    }

    @Nullable
    Double timeToFirstChunk() {
        ChunkTimes times = chunks;
        return times == null ? null : times.secondsToFirst();
    }

    void eachChunkGap(LongConsumer nanos) {
        ChunkTimes times = chunks;
        if (times != null) {
            times.eachGap(nanos);
        }
    }

    @Nullable
    BigDecimal reportedCostUsd() {
        return outcome instanceof Outcome.Completed completed
                ? completed.response().reportedCostUsd()
                : null;
    }

    @Nullable
    String responseId() {
        return outcome instanceof Outcome.Completed completed
                ? completed.response().id()
                : null;
    }

    @Nullable
    String responseModel() {
        return outcome instanceof Outcome.Completed completed
                ? completed.response().model()
                : null;
    }
}
