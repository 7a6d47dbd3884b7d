package shop;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;

/** The models of the services, and what they print. */
final class Models {

    private Models() {}

    static ChatModel openAi(String provider) {
        return OpenAiChatModel.builder()
                .baseUrl(provider)
                .apiKey("none")
                .modelName("gpt-4o-mini")
                .maxRetries(1)
                .build();
    }

    static EmbeddingModel openAiEmbeddings(String provider) {
        return OpenAiEmbeddingModel.builder()
                .baseUrl(provider)
                .apiKey("none")
                .modelName("text-embedding-3-small")
                .build();
    }

    static void say(String answer) {
        System.out.println("answer: " + answer.lines().findFirst().orElse(""));
    }
}
