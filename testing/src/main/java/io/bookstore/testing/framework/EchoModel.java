package io.bookstore.testing.framework;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;

/** A model within the JVM: 1,000 tokens in, 100 out. */
public class EchoModel implements ChatModel {

    public static final String NAME = "gpt-4o-mini";

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return answer();
    }

    /** The answer to any request. */
    public static ChatResponse answer() {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from("echo"))
                .modelName(NAME)
                .tokenUsage(new TokenUsage(1_000, 100))
                .build();
    }

    @Override
    public ModelProvider provider() {
        return ModelProvider.OPEN_AI;
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return ChatRequestParameters.builder().modelName(NAME).build();
    }
}
