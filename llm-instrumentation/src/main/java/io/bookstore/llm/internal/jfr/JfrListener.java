package io.bookstore.llm.internal.jfr;

import io.bookstore.llm.internal.call.CallListener;
import io.bookstore.llm.internal.call.CallSnapshot;
import io.bookstore.llm.internal.call.CallStart;
import io.bookstore.llm.internal.call.Failures;
import io.bookstore.llm.internal.call.Step;
import io.bookstore.llm.internal.call.StepSnapshot;
import io.bookstore.llm.internal.call.StepStart;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Writes events of the JDK's Flight Recorder. Each is off until a recording names it, so no setting of ours is needed. Before the
 * first recording of a process no event exists: to register the first one takes the JDK some hundred milliseconds.
 */
public final class JfrListener implements CallListener {

    private static final ContextKey<JfrOperation> EVENT = ContextKey.named("llm-jfr-event");
    private static final String STAGE = "record_event";

    private final Failures failures;

    private JfrListener(Failures failures) {
        this.failures = failures;
    }

    /** Throws a {@link LinkageError} in a runtime without the module {@code jdk.jfr}. */
    public static CallListener create(Failures failures) {
        FlightRecorder.isInitialized();
        return new JfrListener(failures);
    }

    @Override
    public Context started(CallStart call, Context context) {
        return Objects.requireNonNullElse(begun(() -> begin(new JfrCall(), context)), context);
    }

    @Override
    public Context stepStarted(StepStart start, Context context) {
        return Objects.requireNonNullElse(begun(() -> begin(event(start.step()), context)), context);
    }

    /**
     * Returns an event of the kind of this step. It stands here because no class of an event may name its subclasses: the JDK links a
     * superclass while it instruments a subclass, and to verify it would load that subclass a second time.
     */
    private static JfrOperation event(Step step) {
        if (step instanceof Step.Tool tool) {
            return new JfrTool(tool.request());
        }
        if (step instanceof Step.Agent agent) {
            return new JfrAgent(agent.request());
        }
        return new JfrRetrieval(((Step.Retrieval) step).request());
    }

    private static Context begin(JfrOperation event, Context context) {
        if (!event.isEnabled()) {
            return context;
        }
        event.begin();
        return context.with(EVENT, event);
    }

    @Override
    public @Nullable Runnable chunkListener(CallStart call, Context context) {
        return begun(() -> chunks(new JfrChunk(), call, context));
    }

    private static @Nullable Runnable chunks(JfrChunk first, CallStart call, Context context) {
        return first.isEnabled() ? new JfrChunks(first, call, context) : null;
    }

    private <T> @Nullable T begun(Supplier<@Nullable T> beginning) {
        if (!FlightRecorder.isInitialized()) {
            return null;
        }
        try {
            return beginning.get();
        } catch (Throwable e) {
            failures.note(STAGE, e);
            return null;
        }
    }

    @Override
    public void ended(CallSnapshot call) {
        end(call.context(), call.start().parent(), event -> ((JfrCall) event).putEnd(call));
    }

    @Override
    public void stepEnded(StepSnapshot step) {
        end(step.context(), step.start().parent(), event -> event.putEnd(step));
    }

    private void end(Context context, Context parent, Consumer<JfrOperation> result) {
        if (FlightRecorder.isInitialized()) {
            JfrOperation event = context.get(EVENT);
            // An event of the parent is that of an operation around this one, which began when none was wanted.
            if (event != null && event != parent.get(EVENT)) {
                failures.guard(STAGE, () -> commit(event, result));
            }
        }
    }

    private static void commit(JfrOperation event, Consumer<JfrOperation> result) {
        event.end();
        if (event.shouldCommit()) {
            result.accept(event);
            event.commit();
        }
    }
}
