package io.bookstore.llm.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A chat model whose calls are measured; otherwise it behaves as the one it wraps. The same call
 * seen by a second wrapper adds nothing, so that wrappers may nest.
 */
public final class InstrumentedChatModel implements ChatModel {

    private final ChatModel delegate;
    private final GenAiTelemetry telemetry;
    private final Calls.Model model;

    private InstrumentedChatModel(ChatModel delegate, GenAiTelemetry telemetry, @Nullable URI endpoint) {
        this.delegate = delegate;
        this.telemetry = telemetry;
        this.model = new Calls.Model(delegate::provider, delegate::defaultRequestParameters, false, endpoint);
    }

    /** Wraps a model; with a LangChain4j older than 1.13 it is returned as it is, with one warning. */
    public static ChatModel wrap(ChatModel model, GenAiTelemetry telemetry) {
        return LangChain4jVersion.CHAT.wrapped(
                telemetry, model, () -> new InstrumentedChatModel(model, telemetry, null));
    }

    /**
     * Wraps a model; with a LangChain4j older than 1.13 it is returned as it is, with one warning.
     *
     * @param endpoint where the provider is, for {@code server.address}; a model does not tell
     */
    public static ChatModel wrap(ChatModel model, GenAiTelemetry telemetry, URI endpoint) {
        return LangChain4jVersion.CHAT.wrapped(
                telemetry, model, () -> new InstrumentedChatModel(model, telemetry, endpoint));
    }

    @Override
    public ChatResponse chat(ChatRequest request) {
        return measured(request, () -> delegate.chat(request));
    }

    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        return measured(request, () -> delegate.chat(request, options));
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return measured(request, () -> delegate.doChat(request));
    }

    private ChatResponse measured(ChatRequest request, Supplier<ChatResponse> call) {
        Inference inference = Calls.start(telemetry, model, request);
        if (inference == null) {
            return call.get();
        }
        try (Scope ignored = inference.makeCurrent()) {
            ChatResponse response = call.get();
            Calls.complete(telemetry, inference, response);
            return response;
        } catch (Throwable error) {
            inference.fail(error, ChatConversion::errorType);
            throw error;
        }
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return delegate.defaultRequestParameters();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return delegate.listeners();
    }

    @Override
    public ModelProvider provider() {
        return delegate.provider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return delegate.supportedCapabilities();
    }
}
