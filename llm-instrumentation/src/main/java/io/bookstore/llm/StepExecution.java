package io.bookstore.llm;

import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.internal.call.StepSnapshot;
import io.bookstore.llm.internal.call.StepStart;
import io.opentelemetry.context.Context;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A step under way, behind the handle that the host holds. Ends once; thread-safe; throws nothing. */
final class StepExecution {

    private final CallRuntime runtime;
    private final StepStart start;
    private final Context context;
    private final AtomicBoolean ended;

    private StepExecution(CallRuntime runtime, StepStart start, Context context, boolean ended) {
        this.runtime = runtime;
        this.start = start;
        this.context = context;
        this.ended = new AtomicBoolean(ended);
    }

    static StepExecution start(CallRuntime runtime, StepStart start) {
        return new StepExecution(runtime, start, runtime.listeners().stepStarted(start, start.parent()), false);
    }

    /** A step that nobody measures: it has always ended. */
    static StepExecution notMeasured(CallRuntime runtime, StepStart start) {
        return new StepExecution(runtime, start, start.parent(), true);
    }

    Context context() {
        return context;
    }

    void complete(@Nullable String result) {
        end(StepSnapshot.End.completed(result));
    }

    /** Completes; the supplier runs only if its text would be written. */
    void completeWith(Supplier<@Nullable String> result) {
        if (!ended.get() && runtime.listeners().wantsContent(context)) {
            runtime.failures().guard("capture_content", () -> complete(result.get()));
        }
        complete(null);
    }

    void fail(Throwable error, Function<Throwable, ErrorType> otherwise) {
        end(StepSnapshot.End.failed(error, runtime.errorType(error, otherwise)));
    }

    void fail(ErrorType type) {
        end(StepSnapshot.End.failed(null, type));
    }

    void cancel() {
        end(StepSnapshot.End.CANCELLED);
    }

    /** Cancels once nobody holds the handle, which this must not reach. */
    void cancelWhenUnreachable(Object handle) {
        if (!ended.get()) {
            runtime.unreachables().register(handle, this::cancel);
        }
    }

    private void end(StepSnapshot.End end) {
        double seconds = runtime.secondsSince(start.startNanos());
        if (ended.compareAndSet(false, true)) {
            runtime.listeners().stepEnded(new StepSnapshot(start, context, end, seconds));
        }
    }
}
