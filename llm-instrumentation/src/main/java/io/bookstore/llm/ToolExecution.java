package io.bookstore.llm;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A tool at work: one INTERNAL span. Thread-safe; the first of {@link #complete}, {@link #fail} and {@link #cancel}
 * decides, whatever comes later is ignored. Nothing here throws.
 */
public final class ToolExecution implements AutoCloseable {

    private final CallRuntime runtime;
    private final ToolStart start;
    private final Context context;
    private final AtomicBoolean ended;

    private ToolExecution(CallRuntime runtime, ToolStart start, Context context, boolean ended) {
        this.runtime = runtime;
        this.start = start;
        this.context = context;
        this.ended = new AtomicBoolean(ended);
    }

    static ToolExecution start(CallRuntime runtime, ToolStart start) {
        return new ToolExecution(runtime, start, runtime.listeners().toolStarted(start, start.parent()), false);
    }

    /** A tool that nobody measures: it has always ended. */
    static ToolExecution notMeasured(CallRuntime runtime, ToolStart start) {
        return new ToolExecution(runtime, start, start.parent(), true);
    }

    public ToolRequest request() {
        return start.request();
    }

    /** The context with the tool's span; for callbacks on other threads. */
    public Context context() {
        return context;
    }

    /** Makes the span current on this thread until the scope is closed, which must happen on this thread. */
    @SuppressWarnings("MustBeClosedChecker") // Closing it is the caller's part, as the contract says.
    public Scope makeCurrent() {
        return context.makeCurrent();
    }

    /**
     * Ends the tool: it is done.
     *
     * @param result captured only by a content policy; null if it gave none
     */
    public void complete(@Nullable String result) {
        end(ToolSnapshot.End.completed(result));
    }

    /** Ends the tool as failed; as cancelled if the error says that nobody waits any more, for that is no error. */
    public void fail(Throwable error) {
        end(ToolSnapshot.End.failed(error, runtime.errorType(error, ErrorType::of)));
    }

    /** Ends the tool as cancelled: nobody waits for it any more. Ignored once the tool has ended. */
    public void cancel() {
        end(ToolSnapshot.End.CANCELLED);
    }

    /** Cancels unless the tool has ended. */
    @Override
    public void close() {
        cancel();
    }

    private void end(ToolSnapshot.End end) {
        double seconds = runtime.secondsSince(start.startNanos());
        if (ended.compareAndSet(false, true)) {
            runtime.listeners().toolEnded(new ToolSnapshot(start, context, end, seconds));
        }
    }
}
