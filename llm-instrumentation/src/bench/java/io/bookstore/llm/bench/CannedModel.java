package io.bookstore.llm.bench;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.Set;

/** Answers at once with the same answer, so that what is left is the cost of whoever measures. */
final class CannedModel implements ChatModel, StreamingChatModel {

    /** Pieces of a streamed answer. */
    static final int CHUNKS = 1000;

    static final ChatRequest REQUEST = ChatRequest.builder()
            .messages(UserMessage.from("Summarize \"Emma\" by Jane Austen"))
            .parameters(ChatRequestParameters.builder()
                    .modelName("claude-sonnet-4-5")
                    .maxOutputTokens(500)
                    .temperature(0.7)
                    .build())
            .build();

    private static final ChatResponse RESPONSE = ChatResponse.builder()
            .id("msg_01")
            .modelName("claude-sonnet-4-5")
            .aiMessage(AiMessage.from("A novel about a matchmaker."))
            .tokenUsage(new TokenUsage(120, 90))
            .finishReason(FinishReason.STOP)
            .build();

    private final List<ChatModelListener> listeners;

    CannedModel(ChatModelListener... listeners) {
        this.listeners = List.of(listeners);
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return RESPONSE;
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        for (int i = 0; i < CHUNKS; i++) {
            handler.onPartialResponse("word ");
        }
        handler.onCompleteResponse(RESPONSE);
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return ChatRequestParameters.builder().build();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return listeners;
    }

    @Override
    public ModelProvider provider() {
        return ModelProvider.ANTHROPIC;
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return Set.of();
    }
}
