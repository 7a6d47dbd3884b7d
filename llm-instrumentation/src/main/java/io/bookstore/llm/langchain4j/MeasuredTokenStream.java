package io.bookstore.llm.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.tool.BeforeToolExecution;
import dev.langchain4j.service.tool.ToolExecution;
import io.bookstore.llm.AgentInvocation;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The stream of an agent: what it does on its start belongs to the agent, and the host's last callback does not. The agent
 * ends elsewhere, with the event of LangChain4j or with its last call to the model.
 */
final class MeasuredTokenStream implements TokenStream {

    private final TokenStream stream;
    private final AgentInvocation agent;

    MeasuredTokenStream(TokenStream stream, AgentInvocation agent) {
        this.stream = stream;
        this.agent = agent;
    }

    @Override
    public void start() {
        try (Scope ignored = agent.makeCurrent()) {
            stream.start();
        } catch (Throwable error) {
            agent.fail(error, ChatConversion::errorType);
            throw error;
        }
    }

    @Override
    public TokenStream onCompleteResponse(Consumer<ChatResponse> handler) {
        return with(stream.onCompleteResponse(afterwards(handler)));
    }

    @Override
    public TokenStream onError(Consumer<Throwable> handler) {
        return with(stream.onError(afterwards(handler)));
    }

    // A null is the stream's to judge.
    private <V> Consumer<V> afterwards(Consumer<V> handler) {
        return handler == null
                ? handler
                : value -> {
                    try (Scope ignored = agent.parent().makeCurrent()) {
                        handler.accept(value);
                    }
                };
    }

    @Override
    public TokenStream onPartialResponse(Consumer<String> handler) {
        return with(stream.onPartialResponse(handler));
    }

    @Override
    public TokenStream onPartialResponseWithContext(BiConsumer<PartialResponse, PartialResponseContext> handler) {
        return with(stream.onPartialResponseWithContext(handler));
    }

    @Override
    public TokenStream onPartialThinking(Consumer<PartialThinking> handler) {
        return with(stream.onPartialThinking(handler));
    }

    @Override
    public TokenStream onPartialThinkingWithContext(BiConsumer<PartialThinking, PartialThinkingContext> handler) {
        return with(stream.onPartialThinkingWithContext(handler));
    }

    @Override
    public TokenStream onPartialToolCall(Consumer<PartialToolCall> handler) {
        return with(stream.onPartialToolCall(handler));
    }

    @Override
    public TokenStream onPartialToolCallWithContext(BiConsumer<PartialToolCall, PartialToolCallContext> handler) {
        return with(stream.onPartialToolCallWithContext(handler));
    }

    @Override
    public TokenStream onRetrieved(Consumer<List<Content>> handler) {
        return with(stream.onRetrieved(handler));
    }

    @Override
    public TokenStream onIntermediateResponse(Consumer<ChatResponse> handler) {
        return with(stream.onIntermediateResponse(handler));
    }

    @Override
    public TokenStream beforeToolExecution(Consumer<BeforeToolExecution> handler) {
        return with(stream.beforeToolExecution(handler));
    }

    @Override
    public TokenStream onToolExecuted(Consumer<ToolExecution> handler) {
        return with(stream.onToolExecuted(handler));
    }

    @Override
    public TokenStream onUnmappedRawEvent(Consumer<Object> handler) {
        return with(stream.onUnmappedRawEvent(handler));
    }

    @Override
    public TokenStream ignoreErrors() {
        return with(stream.ignoreErrors());
    }

    private TokenStream with(TokenStream next) {
        return next == stream ? this : new MeasuredTokenStream(next, agent);
    }
}
