package io.bookstore.llm.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.bookstore.llm.AgentInvocation;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A streaming chat model whose calls are measured from the request to the last callback; otherwise it behaves as the one
 * it wraps. The same call seen by a second wrapper adds nothing, so that wrappers may nest.
 */
public final class InstrumentedStreamingChatModel implements StreamingChatModel {

    private final StreamingChatModel delegate;
    private final GenAiTelemetry telemetry;
    private final Calls.Model model;
    private final boolean ofAgent;

    private InstrumentedStreamingChatModel(
            StreamingChatModel delegate, GenAiTelemetry telemetry, Calls.Model model, boolean ofAgent) {
        this.delegate = delegate;
        this.telemetry = telemetry;
        this.model = model;
        this.ofAgent = ofAgent;
    }

    private static InstrumentedStreamingChatModel around(
            StreamingChatModel delegate, GenAiTelemetry telemetry, @Nullable URI endpoint, boolean ofAgent) {
        Calls.Model model = new Calls.Model(delegate::provider, delegate::defaultRequestParameters, true, endpoint);
        return new InstrumentedStreamingChatModel(delegate, telemetry, model, ofAgent);
    }

    /** Wraps a model; with a LangChain4j older than 1.13 it is returned as it is, with one warning. */
    public static StreamingChatModel wrap(StreamingChatModel model, GenAiTelemetry telemetry) {
        return LangChain4jVersion.CHAT.wrapped(telemetry, model, () -> around(model, telemetry, null, false));
    }

    /**
     * Wraps a model; with a LangChain4j older than 1.13 it is returned as it is, with one warning.
     *
     * @param endpoint where the provider is, for {@code server.address}; a model does not tell
     */
    public static StreamingChatModel wrap(StreamingChatModel model, GenAiTelemetry telemetry, URI endpoint) {
        return LangChain4jVersion.CHAT.wrapped(telemetry, model, () -> around(model, telemetry, endpoint, false));
    }

    /** Wraps the model of an AI service, whose invocation ends with a call that fails or is cancelled. */
    static StreamingChatModel wrapForAgent(StreamingChatModel model, GenAiTelemetry telemetry) {
        return model instanceof InstrumentedStreamingChatModel measured
                ? new InstrumentedStreamingChatModel(measured.delegate, measured.telemetry, measured.model, true)
                : around(model, telemetry, null, true);
    }

    @Override
    public void chat(ChatRequest request, StreamingChatResponseHandler handler) {
        measure(request, handler, measuring -> delegate.chat(request, measuring));
    }

    @Override
    public void chat(ChatRequest request, ChatRequestOptions options, StreamingChatResponseHandler handler) {
        measure(request, handler, measuring -> delegate.chat(request, options, measuring));
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        measure(request, handler, measuring -> delegate.doChat(request, measuring));
    }

    private void measure(
            ChatRequest request, StreamingChatResponseHandler handler, Consumer<StreamingChatResponseHandler> call) {
        Inference inference = Calls.start(telemetry, model, request);
        if (inference == null) {
            call.accept(handler);
            return;
        }
        try (Scope ignored = inference.makeCurrent()) {
            AgentInvocation agent = ofAgent ? AgentInvocation.current() : null;
            call.accept(new MeasuringHandler(handler, telemetry, inference, agent));
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
