package shop;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import io.micronaut.runtime.Micronaut;
import jakarta.inject.Singleton;

/** An application that knows nothing of telemetry: it asks each of its models once and ends. */
@Factory
public class Shop {

    private final String provider;

    Shop(@Value("${provider}") String provider) {
        this.provider = provider;
    }

    public static void main(String[] arguments) {
        try (ApplicationContext shop = Micronaut.run(Shop.class, arguments)) {
            ChatModel model = shop.getBean(ChatModel.class);
            System.out.println("answer: " + model.chat("Summarise the book Dune by Frank Herbert"));
            EmbeddingModel embeddings = shop.getBean(EmbeddingModel.class);
            System.out.println("vector: " + embeddings.embed("Dune by Frank Herbert").content().dimension());
        }
    }

    @Singleton
    ChatModel chatModel() {
        return OpenAiChatModel.builder()
                .baseUrl(provider)
                .apiKey("none")
                .modelName("gpt-4o-mini")
                .build();
    }

    @Singleton
    OpenAiEmbeddingModel embeddingModel() {
        return OpenAiEmbeddingModel.builder()
                .baseUrl(provider)
                .apiKey("none")
                .modelName("text-embedding-3-small")
                .build();
    }
}
