package shop;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;

/** A model around another one, as teams write them for caches and fallbacks; it says nothing of the model inside. */
record Decorator(ChatModel model) implements ChatModel {

    @Override
    public ChatResponse chat(ChatRequest request) {
        return model.chat(request);
    }
}
