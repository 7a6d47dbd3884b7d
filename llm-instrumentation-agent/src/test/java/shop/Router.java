package shop;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;

/** A model in front of several others, as teams write them for fallbacks. */
record Router(List<ChatModel> models) implements ChatModel {

    @Override
    public ChatResponse chat(ChatRequest request) {
        return models.get(0).chat(request);
    }
}
