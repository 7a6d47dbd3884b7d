package io.bookstore.llm.langchain4j;

import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.bookstore.llm.Inference;
import io.opentelemetry.context.Scope;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A call of a model under way, whose span is current on the thread that started it. It ends there with exactly one of
 * {@link #returned} and {@link #threw}.
 */
public final class ModelCall {

    private final Inference inference;
    private final Consumer<@Nullable Object> completion;
    private final UnaryOperator<StreamingChatResponseHandler> observer;
    private final Scope scope;

    @SuppressWarnings("MustBeClosedChecker") // Both ends close it, as the contract says.
    ModelCall(
            Inference inference,
            Consumer<@Nullable Object> completion,
            UnaryOperator<StreamingChatResponseHandler> observer) {
        this.inference = inference;
        this.completion = completion;
        this.observer = observer;
        this.scope = inference.makeCurrent();
    }

    /** Returns a handler that measures the stream and passes every callback on; for a call without a stream the handler itself. */
    public StreamingChatResponseHandler observed(StreamingChatResponseHandler handler) {
        return observer.apply(handler);
    }

    /**
     * Tells that the model's method has returned. A stream goes on until its handler has got the last callback.
     *
     * @param result the model's result, null for a stream
     */
    public void returned(@Nullable Object result) {
        try (Scope ignored = scope) {
            completion.accept(result);
        }
    }

    /** Tells that the model's method has thrown. */
    public void threw(Throwable error) {
        try (Scope ignored = scope) {
            inference.fail(error, ChatConversion::errorType);
        }
    }
}
