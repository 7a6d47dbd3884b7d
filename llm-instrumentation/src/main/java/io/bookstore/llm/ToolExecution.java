package io.bookstore.llm;

import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.operation.ToolRequest;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A tool at work: one INTERNAL span. Thread-safe; the first of {@link #complete}, {@link #fail} and {@link #cancel}
 * decides, whatever comes later is ignored. Nothing here throws.
 */
public final class ToolExecution implements AutoCloseable {

    private final ToolRequest request;
    private final StepExecution step;

    ToolExecution(ToolRequest request, StepExecution step) {
        this.request = request;
        this.step = step;
    }

    public ToolRequest request() {
        return request;
    }

    /** The context with the tool's span; for callbacks on other threads. */
    public Context context() {
        return step.context();
    }

    /** Makes the span current on this thread until the scope is closed, which must happen on this thread. */
    @SuppressWarnings("MustBeClosedChecker") // Closing it is the caller's part, as the contract says.
    public Scope makeCurrent() {
        return context().makeCurrent();
    }

    /**
     * Ends the tool: it is done.
     *
     * @param result captured only by a content policy; null if it gave none
     */
    public void complete(@Nullable String result) {
        step.complete(result);
    }

    /** Ends the tool as {@link #complete} does; the supplier runs only if a content policy wants the result. */
    public void completeWith(Supplier<@Nullable String> result) {
        step.completeWith(result);
    }

    /** Ends the tool as failed; as cancelled if the error says that nobody waits any more, for that is no error. */
    public void fail(Throwable error) {
        fail(error, ErrorType::of);
    }

    /**
     * Ends the tool as failed; the telemetry's classifier tells the meaning of the exception or, if that leaves it open,
     * {@code otherwise} does.
     */
    public void fail(Throwable error, Function<Throwable, ErrorType> otherwise) {
        step.fail(error, otherwise);
    }

    /** Ends the tool as failed without an exception: its result is an error. */
    public void fail(ErrorType type) {
        step.fail(type);
    }

    /** Ends the tool as cancelled: nobody waits for it any more. Ignored once the tool has ended. */
    public void cancel() {
        step.cancel();
    }

    /** Cancels unless the tool has ended. */
    @Override
    public void close() {
        cancel();
    }
}
