package io.bookstore.llm;

import io.bookstore.llm.content.Content;
import io.bookstore.llm.cost.Cost;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.internal.call.AttemptResult;
import io.bookstore.llm.internal.call.CallSnapshot;
import io.bookstore.llm.internal.call.CallStart;
import io.bookstore.llm.internal.call.CallTiming;
import io.bookstore.llm.internal.call.ChunkTimes;
import io.bookstore.llm.internal.call.Outcome;
import io.bookstore.llm.operation.Evaluation;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call under way: one span, however many attempts it takes. Thread-safe; the first of {@link #complete}, {@link #fail}
 * and {@link #cancel} decides, whatever comes later is ignored.
 *
 * <p>Nothing here throws; a null where none belongs is taken for "not known".
 */
public final class Inference implements AutoCloseable {

    static final ContextKey<Inference> CALL = ContextKey.named("llm-inference");

    private final CallRuntime runtime;
    private final InferenceRequest request;
    private final @Nullable CallStart start;
    private final @Nullable Context context;
    private final @Nullable Runnable chunkListener;
    private final AtomicReference<Progress> progress;
    private volatile Cleaner.@Nullable Cleanable abandoned;

    /** A call that nobody measures, or another wrapper. It has no context of its own and has always ended. */
    Inference(CallRuntime runtime, InferenceRequest request) {
        this.runtime = runtime;
        this.request = request;
        this.start = null;
        this.context = null;
        this.chunkListener = null;
        this.progress = new AtomicReference<>(Progress.NOT_MEASURED);
    }

    /** A call that is measured from now on. */
    Inference(CallRuntime runtime, CallStart start) {
        this.runtime = runtime;
        this.request = start.request();
        this.start = start;
        this.progress = new AtomicReference<>(Progress.STARTED);
        Context own = runtime.listeners().started(start, start.parent()).with(CALL, this);
        this.context = own;
        this.chunkListener = runtime.listeners().chunkListener(start, own);
    }

    /** Returns false if the telemetry is disabled or another wrapper around this one measures the same call. */
    public boolean measured() {
        return start != null;
    }

    /** The request; a placeholder if the telemetry is disabled. */
    public InferenceRequest request() {
        return request;
    }

    /** The call under way that surrounds the current thread's work, or null. */
    public static @Nullable Inference current() {
        Inference call = Context.current().get(CALL);
        return call == null || call.ended() ? null : call;
    }

    /** The context in which the call was started: work that follows from the call, but is not part of it, belongs there. */
    public Context parent() {
        return start == null ? Context.current() : start.parent();
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

    /** Tells that a piece of the answer arrived: text, reasoning or a tool call. The first gives the time to first chunk. */
    public void chunk() {
        Progress now = progress();
        while (start != null && now.outcome() == null) {
            ChunkTimes times = now.chunks();
            if (times != null) {
                times.add(runtime.nanoTime().getAsLong());
                if (chunkListener != null) {
                    chunkListener.run();
                }
                return;
            }
            progress.compareAndSet(now, now.withChunks(new ChunkTimes(start.startNanos())));
            now = progress();
        }
    }

    /** Tells tokens that are known before the end; they stand if the call ends without better ones. */
    public void usage(TokenUsage partial) {
        if (partial != null) {
            progress.updateAndGet(now -> now.outcome() == null ? now.withUsage(partial) : now);
        }
    }

    /**
     * Sets the content of the call; a second content follows the first. The supplier runs only if a content policy wants it
     * and the span is recorded or an event tells the same, and at once.
     */
    public void content(Supplier<Content> said) {
        if (!ended() && runtime.listeners().wantsContent(context())) {
            runtime.failures().guard("capture_content", () -> add(said.get()));
        }
    }

    private void add(Content more) {
        progress.updateAndGet(
                now -> now.outcome() == null ? now.withContent(now.content().plus(more)) : now);
    }

    /** Tells that an attempt succeeded. */
    public void attemptSucceeded() {
        countAttempt(null, null, null);
    }

    /**
     * Tells that an attempt failed; the call may go on with another.
     *
     * @param status     HTTP status, or null if there was none
     * @param retryAfter the wait that the provider asked for, or null
     */
    public void attemptFailed(ErrorType type, @Nullable Integer status, @Nullable Duration retryAfter) {
        countAttempt(type == null ? ErrorType.OTHER : type, status, retryAfter);
    }

    private void countAttempt(@Nullable ErrorType error, @Nullable Integer status, @Nullable Duration retryAfter) {
        Progress counted = progress.updateAndGet(now -> now.outcome() == null ? now.withAttempt() : now);
        if (start != null && counted.outcome() == null) {
            runtime.listeners()
                    .attemptEnded(start, context(), new AttemptResult(counted.attempts(), error, status, retryAfter));
        }
    }

    /**
     * Tells how much of a limit the provider has left.
     *
     * @param kind {@code requests}, {@code tokens}, {@code input_tokens} or {@code output_tokens}
     */
    public void rateLimitRemaining(String kind, long remaining) {
        if (start != null) {
            runtime.listeners().limitTold(start, kind, remaining);
        }
    }

    /** Ends the call: the whole answer is there. */
    public void complete(InferenceResponse response) {
        if (!ended()) {
            end(new Outcome.Completed(response == null ? InferenceResponse.of(null, TokenUsage.UNKNOWN) : response));
        }
    }

    /** Ends the call as failed; the telemetry's classifier tells the meaning of the exception. */
    public void fail(Throwable error) {
        fail(error, ErrorType::of);
    }

    /**
     * Ends the call as failed; the telemetry's classifier tells the meaning of the exception or, if that leaves it open,
     * {@code otherwise} does, for example one that knows the exceptions of a framework.
     */
    public void fail(Throwable error, Function<Throwable, ErrorType> otherwise) {
        if (!ended()) {
            fail(error, runtime.errorType(error, otherwise));
        }
    }

    /** Ends the call as failed; with {@link ErrorType#CANCELLED} as {@link #cancel} does, for that is no error. */
    public void fail(Throwable error, ErrorType type) {
        if (!ended()) {
            end(type == ErrorType.CANCELLED ? new Outcome.Cancelled() : new Outcome.Failed(error, type));
        }
    }

    /**
     * Ends the call as cancelled: the status of the span stays unset and it has no {@code error.type}; metrics get
     * {@code error.type=cancelled}. Ignored once the call has ended.
     */
    public void cancel() {
        if (!ended()) {
            end(new Outcome.Cancelled());
        }
    }

    /**
     * Cancels the call once {@code handle} is unreachable, for nothing can end it then: a stream that was never read to its
     * end, or that its host has dropped. The handle must not be reachable from this call. Called at most once.
     */
    public void cancelWhenUnreachable(Object handle) {
        if (!ended()) {
            abandoned = runtime.unreachables().register(handle, this::cancel);
            if (ended()) {
                forgetHandle();
            }
        }
    }

    private void forgetHandle() {
        Cleaner.Cleanable watched = abandoned;
        if (watched != null) {
            watched.clean();
        }
    }

    /**
     * Tells a judgement about the answer: {@code gen_ai.evaluation.result} under the span of this call, through
     * OpenTelemetry's logs. May be told after the call has ended, any number of times.
     */
    public void evaluated(Evaluation evaluation) {
        if (start != null && evaluation != null) {
            Outcome outcome = progress().outcome();
            InferenceResponse response = outcome == null ? null : outcome.response();
            runtime.listeners().evaluated(context(), response == null ? null : response.id(), evaluation);
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

    private Progress progress() {
        return Objects.requireNonNull(progress.get(), "progress");
    }

    private boolean ended() {
        return progress().outcome() != null;
    }

    private void end(Outcome how) {
        CallStart begun = start;
        if (begun == null) {
            return;
        }
        double seconds = runtime.secondsSince(begun.startNanos());
        for (Progress now = progress(); now.outcome() == null; now = progress()) {
            Progress last = now.withEnd(how);
            if (progress.compareAndSet(now, last)) {
                runtime.listeners().ended(snapshot(begun, last, how, seconds));
                forgetHandle();
                return;
            }
        }
    }

    private CallSnapshot snapshot(CallStart begun, Progress last, Outcome how, double seconds) {
        Cost cost = runtime.prices().cost(begun.request(), how.response(), last.usage());
        return new CallSnapshot(
                begun,
                context(),
                how,
                last.usage(),
                cost,
                last.content(),
                last.attempts(),
                new CallTiming(seconds, last.chunks(), runtime.clock()));
    }

    /** All that changes while a call is under way, replaced as a whole: no lock, and nobody sees a part of a change. */
    private record Progress(
            TokenUsage usage,
            Content content,
            int attempts,
            @Nullable ChunkTimes chunks,
            @Nullable Outcome outcome) {

        static final Progress STARTED = new Progress(TokenUsage.UNKNOWN, Content.NONE, 0, null, null);
        static final Progress NOT_MEASURED =
                new Progress(TokenUsage.UNKNOWN, Content.NONE, 0, null, new Outcome.Cancelled());

        Progress withUsage(TokenUsage value) {
            return new Progress(value, content, attempts, chunks, outcome);
        }

        Progress withContent(Content value) {
            return new Progress(usage, value, attempts, chunks, outcome);
        }

        Progress withAttempt() {
            return new Progress(usage, content, attempts + 1, chunks, outcome);
        }

        Progress withChunks(ChunkTimes value) {
            return new Progress(usage, content, attempts, value, outcome);
        }

        Progress withEnd(Outcome value) {
            InferenceResponse response = value.response();
            return new Progress(response == null ? usage : response.usage(), content, attempts, chunks, value);
        }
    }
}
