package io.bookstore.llm.spring.ai;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.opentelemetry.context.Scope;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/**
 * A chat model whose calls are measured, streams from subscription to their last signal; otherwise it behaves as the one it
 * wraps. The same call seen by a second wrapper adds nothing, so that wrappers may nest.
 *
 * <p>Spring AI 1.1 runs a tool loop within one call: the loop is one call here too, with the tokens of all its requests.
 */
public final class InstrumentedChatModel implements ChatModel {

    private final ChatModel delegate;
    private final GenAiTelemetry telemetry;
    private final @Nullable URI endpoint;

    private InstrumentedChatModel(ChatModel delegate, GenAiTelemetry telemetry, @Nullable URI endpoint) {
        this.delegate = delegate;
        this.telemetry = telemetry;
        this.endpoint = endpoint;
    }

    /** Wraps a model; with a Spring AI other than 1.1 and 2.0 it is returned as it is, with one warning. */
    public static ChatModel wrap(ChatModel model, GenAiTelemetry telemetry) {
        return SpringAiVersion.wrapped(telemetry, model, () -> new InstrumentedChatModel(model, telemetry, null));
    }

    /**
     * Wraps a model; with a Spring AI other than 1.1 and 2.0 it is returned as it is, with one warning.
     *
     * @param endpoint where the provider is, for {@code server.address}; a model does not tell
     */
    public static ChatModel wrap(ChatModel model, GenAiTelemetry telemetry, URI endpoint) {
        return SpringAiVersion.wrapped(telemetry, model, () -> new InstrumentedChatModel(model, telemetry, endpoint));
    }

    @Override
    public ChatResponse call(Prompt prompt) {
        Inference inference = Calls.start(telemetry, delegate, endpoint, prompt, false);
        if (inference == null) {
            return delegate.call(prompt);
        }
        try (Scope ignored = inference.makeCurrent()) {
            ChatResponse response = delegate.call(prompt);
            Calls.complete(telemetry, inference, response);
            return response;
        } catch (Throwable error) {
            inference.fail(error, AiErrors::errorType);
            throw error;
        }
    }

    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
        Flux<ChatResponse> answer = delegate.stream(prompt);
        return telemetry.enabled()
                ? new MeasuredStream(answer, telemetry, () -> Calls.start(telemetry, delegate, endpoint, prompt, true))
                : answer;
    }

    @Override
    public ChatOptions getDefaultOptions() {
        return delegate.getDefaultOptions();
    }

    /** The name of {@link #getDefaultOptions} in Spring AI 2.0; version 1.1 has no such method to override. */
    public ChatOptions getOptions() {
        return delegate.getDefaultOptions();
    }
}
