package io.bookstore.llm;

import io.bookstore.llm.cost.Cost;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A call under way: one span, however many attempts it takes. Thread-safe; the first of {@link #complete}, {@link #fail}
 * and {@link #cancel} decides, whatever comes later is ignored.
 *
 * <p>Nothing here throws.
 */
public final class Inference implements AutoCloseable {

    // A stream of a token each 10 ms for ten minutes; beyond that the gaps say nothing new.
    private static final int MAX_CHUNK_GAPS = 65_536;
    private static final double NANOS = 1e9;

    private final GenAiTelemetry telemetry;
    private final InferenceRequest request;
    private final InferenceRequest metricsRequest;
    private final Context parent;
    private final long startNanos;
    private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private Context context;
    private TokenUsage usage = TokenUsage.UNKNOWN;
    private @Nullable Cost cost;
    private long endNanos;

    private long firstChunkNanos;
    private long lastChunkNanos;
    private int chunkCount;
    private double[] gaps = new double[0];

    Inference(
            GenAiTelemetry telemetry,
            InferenceRequest request,
            InferenceRequest metricsRequest,
            Context parent,
            long startNanos) {
        this.telemetry = telemetry;
        this.request = request;
        this.metricsRequest = metricsRequest;
        this.parent = parent;
        this.context = parent;
        this.startNanos = startNanos;
    }

    /** What was asked. */
    public InferenceRequest request() {
        return request;
    }

    /** The call under way that surrounds the current thread's work, or null. */
    public static @Nullable Inference current() {
        Inference call = Context.current().get(GenAiTelemetry.CALL);
        return call == null || call.outcome() != null ? null : call;
    }

    /** The context in which the call was started: what follows from the call, but is not part of it, belongs there. */
    public Context parent() {
        return parent;
    }

    /** The context with this call's span; for callbacks on other threads. */
    public Context context() {
        return context;
    }

    /** Makes the span current on this thread until the scope is closed, which must happen on this thread. */
    @SuppressWarnings("MustBeClosedChecker") // Closing it is the caller's part, as the contract says.
    public Scope makeCurrent() {
        return context.makeCurrent();
    }

    /** A piece of the answer arrived: text, reasoning or a tool call. The first one gives the time to first chunk. */
    public void chunk() {
        long now = telemetry.nanoTime();
        synchronized (this) {
            if (chunkCount == 0) {
                firstChunkNanos = now;
            } else if (chunkCount <= MAX_CHUNK_GAPS) {
                if (chunkCount > gaps.length) {
                    gaps = Arrays.copyOf(gaps, Math.max(16, gaps.length * 2));
                }
                gaps[chunkCount - 1] = (now - lastChunkNanos) / NANOS;
            }
            lastChunkNanos = now;
            chunkCount++;
        }
    }

    /** Tokens that are known before the end; kept if the call ends without better ones. */
    public synchronized void usage(TokenUsage partial) {
        usage = partial;
    }

    /** An attempt succeeded. */
    public void attemptSucceeded() {
        attempts.incrementAndGet();
        telemetry.recordAttempt(this, null);
    }

    /**
     * An attempt failed; the call may go on with another.
     *
     * @param status     HTTP status, or null if there was none
     * @param retryAfter what the provider asked to wait, or null
     */
    public void attemptFailed(ErrorType type, @Nullable Integer status, @Nullable Duration retryAfter) {
        int number = attempts.incrementAndGet();
        AttributesBuilder attributes = Attributes.builder()
                .put(GenAiAttributes.ATTEMPT_NUMBER, (long) number)
                .put(GenAiAttributes.ERROR_TYPE, type.wireName());
        if (status != null) {
            attributes.put(GenAiAttributes.HTTP_RESPONSE_STATUS_CODE, status.longValue());
        }
        if (retryAfter != null) {
            attributes.put(GenAiAttributes.ATTEMPT_RETRY_AFTER, retryAfter.toNanos() / NANOS);
        }
        Span.fromContext(context).addEvent(GenAiAttributes.ATTEMPT_EVENT, attributes.build());
        telemetry.recordAttempt(this, type);
    }

    /** A provider told what is left of a limit; {@code kind} as in {@link MetricsRecorder#rateLimitRemaining}. */
    public void rateLimitRemaining(String kind, long remaining) {
        telemetry.recordRateLimit(request.provider(), kind, remaining);
    }

    /** The whole answer is there. */
    public void complete(InferenceResponse response) {
        end(new Outcome.Completed(response));
    }

    /** The call failed; what the exception means is found out by {@link ErrorType#of}. */
    public void fail(Throwable error) {
        fail(error, ErrorType.of(error));
    }

    /** The call failed. */
    public void fail(Throwable error, ErrorType type) {
        end(new Outcome.Failed(error, type));
    }

    /** The caller lost interest. */
    public void cancel() {
        end(new Outcome.Cancelled());
    }

    /** Cancels unless the call has ended. */
    @Override
    public void close() {
        cancel();
    }

    private void end(Outcome how) {
        if (!outcome.compareAndSet(null, how)) {
            return;
        }
        synchronized (this) {
            endNanos = telemetry.nanoTime();
            if (how instanceof Outcome.Completed completed) {
                usage = completed.response().usage();
            }
        }
        telemetry.ended(this, how);
    }

    InferenceRequest metricsRequest() {
        return metricsRequest;
    }

    void startedIn(Context newContext) {
        context = newContext;
    }

    @Nullable
    Outcome outcome() {
        return outcome.get();
    }

    synchronized TokenUsage usage() {
        return usage;
    }

    void priced(@Nullable Cost newCost) {
        cost = newCost;
    }

    @Nullable
    Cost cost() {
        return cost;
    }

    int attempts() {
        return attempts.get();
    }

    synchronized double seconds() {
        return (endNanos - startNanos) / NANOS;
    }

    synchronized @Nullable Double timeToFirstChunk() {
        return chunkCount == 0 ? null : (firstChunkNanos - startNanos) / NANOS;
    }

    synchronized double[] secondsPerChunk() {
        return Arrays.copyOf(gaps, Math.min(Math.max(0, chunkCount - 1), MAX_CHUNK_GAPS));
    }

    @Nullable
    String responseModel() {
        return outcome.get() instanceof Outcome.Completed completed
                ? completed.response().model()
                : null;
    }
}
