package io.bookstore.llm.internal.call;

import io.bookstore.llm.operation.Evaluation;
import io.opentelemetry.context.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several listeners, told in their order. */
public final class CallListeners implements CallListener {

    private final List<CallListener> listeners;

    public CallListeners(CallListener... listeners) {
        this.listeners = List.of(listeners);
    }

    @Override
    public Context started(CallStart call, Context context) {
        Context own = context;
        for (CallListener listener : listeners) {
            own = listener.started(call, own);
        }
        return own;
    }

    @Override
    public boolean wantsContent(Context context) {
        for (CallListener listener : listeners) {
            if (listener.wantsContent(context)) {
                return true;
            }
        }
        return false;
    }

    /** The first there is: one kind of listener has any. */
    @Override
    public @Nullable Runnable chunkListener(CallStart call, Context context) {
        for (CallListener listener : listeners) {
            Runnable chunks = listener.chunkListener(call, context);
            if (chunks != null) {
                return chunks;
            }
        }
        return null;
    }

    @Override
    public void attemptEnded(CallStart call, Context context, AttemptResult attempt) {
        for (CallListener listener : listeners) {
            listener.attemptEnded(call, context, attempt);
        }
    }

    @Override
    public void limitTold(CallStart call, String kind, long remaining) {
        for (CallListener listener : listeners) {
            listener.limitTold(call, kind, remaining);
        }
    }

    @Override
    public void evaluated(Context context, @Nullable String responseId, Evaluation evaluation) {
        for (CallListener listener : listeners) {
            listener.evaluated(context, responseId, evaluation);
        }
    }

    @Override
    public void ended(CallSnapshot call) {
        for (CallListener listener : listeners) {
            listener.ended(call);
        }
    }

    @Override
    public Context stepStarted(StepStart step, Context context) {
        Context own = context;
        for (CallListener listener : listeners) {
            own = listener.stepStarted(step, own);
        }
        return own;
    }

    @Override
    public void stepEnded(StepSnapshot step) {
        for (CallListener listener : listeners) {
            listener.stepEnded(step);
        }
    }
}
