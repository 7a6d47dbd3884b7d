package io.bookstore.llm;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * A tool at work: one INTERNAL span. Thread-safe; the first of {@link #complete}, {@link #fail} and {@link #cancel}
 * decides, whatever comes later is ignored. Nothing here throws.
 */
public final class ToolExecution implements AutoCloseable {

    private static final double NANOS = 1e9;

    private final GenAiTelemetry telemetry;
    private final ToolRequest request;
    private final CallContext callContext;
    private final long startNanos;
    private Context context;
    private boolean hasSpan;
    private @Nullable End end;

    ToolExecution(
            GenAiTelemetry telemetry, ToolRequest request, CallContext callContext, Context parent, long startNanos) {
        this.telemetry = telemetry;
        this.request = request;
        this.callContext = callContext;
        this.context = parent;
        this.startNanos = startNanos;
    }

    public ToolRequest request() {
        return request;
    }

    /** The context with the tool's span; for callbacks on other threads. */
    public synchronized Context context() {
        return context;
    }

    /** Makes the span current on this thread until the scope is closed, which must happen on this thread. */
    @SuppressWarnings("MustBeClosedChecker") // Closing it is the caller's part, as the contract says.
    public Scope makeCurrent() {
        return context().makeCurrent();
    }

    /**
     * The tool is done.
     *
     * @param result captured only by a content policy; null if it gave none
     */
    public void complete(@Nullable String result) {
        end("completed", result, null, null);
    }

    /** Ends the tool as failed; as cancelled if the error says that nobody waits any more, for that is no error. */
    public void fail(Throwable error) {
        ErrorType type = telemetry.errorType(error, ErrorType::of);
        if (type == ErrorType.CANCELLED) {
            cancel();
        } else {
            end("failed", null, error, type.wireName());
        }
    }

    /** Nobody waits for the tool any more. */
    public void cancel() {
        end("cancelled", null, null, null);
    }

    /** Cancels unless the tool has ended. */
    @Override
    public void close() {
        cancel();
    }

    private void end(String outcome, @Nullable String result, @Nullable Throwable error, @Nullable String errorType) {
        End mine = new End(outcome, result, error, errorType, Math.max(0, telemetry.nanoTime() - startNanos) / NANOS);
        synchronized (this) {
            if (end != null) {
                return;
            }
            end = mine;
        }
        telemetry.ended(this, mine);
    }

    CallContext callContext() {
        return callContext;
    }

    synchronized void startedIn(Context ofSpan) {
        context = ofSpan;
        hasSpan = true;
    }

    /** Not if making it failed or another instrumentation suppresses it; the context is the host's then. */
    synchronized boolean hasSpan() {
        return hasSpan;
    }

    record End(
            String outcome,
            @Nullable String result,
            @Nullable Throwable error,
            @Nullable String errorType,
            double seconds) {

        /** What tells durations apart: as with calls, one that was let go of is no error of the span. */
        @Nullable
        String label() {
            return outcome.equals("cancelled") ? ErrorType.CANCELLED.wireName() : errorType;
        }
    }
}
