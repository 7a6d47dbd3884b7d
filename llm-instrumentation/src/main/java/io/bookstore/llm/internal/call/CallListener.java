package io.bookstore.llm.internal.call;

import io.bookstore.llm.operation.Evaluation;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/** Turns measured calls and steps into spans, metrics or events. Thread-safe; throws nothing. */
public interface CallListener {

    /** Returns the context in which the call runs: {@code context} or one made of it. */
    default Context started(CallStart call, Context context) {
        return context;
    }

    /** Returns true if messages that the host tells of a call in this context would be written. */
    default boolean wantsContent(Context context) {
        return false;
    }

    /** Returns the listener to the chunks of the call, which throws nothing; null for none. */
    default @Nullable Runnable chunkListener(CallStart call, Context context) {
        return null;
    }

    default void attemptEnded(CallStart call, Context context, AttemptResult attempt) {}

    default void limitTold(CallStart call, String kind, long remaining) {}

    /** Hears of a judgement about the answer, possibly long after the call has ended. */
    default void evaluated(Context context, @Nullable String responseId, Evaluation evaluation) {}

    default void ended(CallSnapshot call) {}

    /** Returns the context in which the step runs: {@code context} or one made of it. */
    default Context stepStarted(StepStart step, Context context) {
        return context;
    }

    default void stepEnded(StepSnapshot step) {}
}
