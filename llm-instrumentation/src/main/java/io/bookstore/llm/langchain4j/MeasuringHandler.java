package io.bookstore.llm.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.bookstore.llm.AgentInvocation;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Passes every callback on and measures on the way: pieces of the answer with the call's span current, the last callback
 * with that of the caller, since the call has ended and the host's work is not the model's. A stream that nobody holds any
 * more will never call back: its call ends as cancelled.
 */
final class MeasuringHandler implements StreamingChatResponseHandler {

    private final StreamingChatResponseHandler handler;
    private final GenAiTelemetry telemetry;
    private final Inference inference;
    private final @Nullable AgentInvocation agent;

    // By index. Callbacks may come on several threads; those of text never look here.
    private final Set<Integer> toolCallsInPieces = ConcurrentHashMap.newKeySet();

    /** @param agent the agent that ends if the call fails or is cancelled, or null */
    MeasuringHandler(
            StreamingChatResponseHandler handler,
            GenAiTelemetry telemetry,
            Inference inference,
            @Nullable AgentInvocation agent) {
        this.handler = handler;
        this.telemetry = telemetry;
        this.inference = inference;
        this.agent = agent;
        inference.cancelWhenUnreachable(this);
    }

    @Override
    public void onPartialResponse(String text) {
        tellChunk(() -> handler.onPartialResponse(text));
    }

    @Override
    public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
        PartialResponseContext observed = new PartialResponseContext(observed(context.streamingHandle()));
        tellChunk(() -> handler.onPartialResponse(partial, observed));
    }

    @Override
    public void onPartialThinking(PartialThinking partial) {
        tellChunk(() -> handler.onPartialThinking(partial));
    }

    @Override
    public void onPartialThinking(PartialThinking partial, PartialThinkingContext context) {
        PartialThinkingContext observed = new PartialThinkingContext(observed(context.streamingHandle()));
        tellChunk(() -> handler.onPartialThinking(partial, observed));
    }

    @Override
    public void onPartialToolCall(PartialToolCall partial) {
        toolCallsInPieces.add(partial.index());
        tellChunk(() -> handler.onPartialToolCall(partial));
    }

    @Override
    public void onPartialToolCall(PartialToolCall partial, PartialToolCallContext context) {
        PartialToolCallContext observed = new PartialToolCallContext(observed(context.streamingHandle()));
        toolCallsInPieces.add(partial.index());
        tellChunk(() -> handler.onPartialToolCall(partial, observed));
    }

    // Some providers send no partial tool calls; for these the complete one is a piece of the answer. For the others it
    // comes with the last piece, and would be a second one at no distance.
    @Override
    public void onCompleteToolCall(CompleteToolCall complete) {
        if (!toolCallsInPieces.contains(complete.index())) {
            inference.chunk();
        }
        runWithSpan(() -> handler.onCompleteToolCall(complete));
    }

    @Override
    public void onUnmappedRawEvent(Object event) {
        runWithSpan(() -> handler.onUnmappedRawEvent(event));
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        Calls.complete(telemetry, inference, response);
        runAfterwards(() -> handler.onCompleteResponse(response));
    }

    @Override
    public void onError(Throwable error) {
        inference.fail(error, ChatConversion::errorType);
        failAgent(error);
        runAfterwards(() -> handler.onError(error));
    }

    private void tellChunk(Runnable callback) {
        inference.chunk();
        runWithSpan(callback);
    }

    private void runWithSpan(Runnable callback) {
        if (Context.current() == inference.context()) {
            run(callback);
            return;
        }
        try (Scope ignored = inference.makeCurrent()) {
            run(callback);
        }
    }

    private void run(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable error) {
            // LangChain4j may or may not report it; the call must end either way.
            inference.fail(error, ChatConversion::errorType);
            throw error;
        }
    }

    private void runAfterwards(Runnable callback) {
        try (Scope ignored = inference.parent().makeCurrent()) {
            callback.run();
        } catch (Throwable error) {
            // An AI service runs its tools in this callback; what they throw ends it.
            failAgent(error);
            throw error;
        }
    }

    private void failAgent(Throwable error) {
        if (agent != null) {
            agent.fail(error, ChatConversion::errorType);
        }
    }

    private StreamingHandle observed(StreamingHandle handle) {
        return new StreamingHandle() {
            @Override
            public void cancel() {
                inference.cancel();
                if (agent != null) {
                    agent.cancel();
                }
                handle.cancel();
            }

            @Override
            public boolean isCancelled() {
                return handle.isCancelled();
            }
        };
    }
}
