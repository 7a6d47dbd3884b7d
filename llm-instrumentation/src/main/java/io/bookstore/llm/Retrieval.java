package io.bookstore.llm;

import io.bookstore.llm.error.ErrorType;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.function.Function;

/**
 * A retrieval under way: one CLIENT span. Thread-safe; the first of {@link #complete}, {@link #fail} and {@link #cancel}
 * decides, whatever comes later is ignored. Nothing here throws.
 */
public final class Retrieval implements AutoCloseable {

    private final StepExecution step;

    Retrieval(StepExecution step) {
        this.step = step;
    }

    /** The context with the retrieval's span; for callbacks on other threads. */
    public Context context() {
        return step.context();
    }

    /** Makes the span current on this thread until the scope is closed, which must happen on this thread. */
    @SuppressWarnings("MustBeClosedChecker") // Closing it is the caller's part, as the contract says.
    public Scope makeCurrent() {
        return context().makeCurrent();
    }

    /** Ends the retrieval: it is done. */
    public void complete() {
        step.complete(null);
    }

    /** Ends the retrieval as failed; as cancelled if the error says that nobody waits any more. */
    public void fail(Throwable error) {
        fail(error, ErrorType::of);
    }

    /**
     * Ends the retrieval as failed; the telemetry's classifier tells the meaning of the exception or, if that leaves it
     * open, {@code otherwise} does.
     */
    public void fail(Throwable error, Function<Throwable, ErrorType> otherwise) {
        step.fail(error, otherwise);
    }

    /** Ends the retrieval as cancelled: nobody waits for it any more. Ignored once it has ended. */
    public void cancel() {
        step.cancel();
    }

    /** Cancels unless the retrieval has ended. */
    @Override
    public void close() {
        cancel();
    }
}
