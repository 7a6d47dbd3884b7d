package shop;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** An application that knows nothing of telemetry: it asks, asks again for a stream, embeds a text and ends. */
@SpringBootApplication
public class Shop {

    public static void main(String[] arguments) {
        System.exit(SpringApplication.exit(SpringApplication.run(Shop.class, arguments)));
    }

    @Bean
    ApplicationRunner questions(ChatClient.Builder client, ChatModel chat, EmbeddingModel embeddings) {
        return arguments -> {
            String question = "Summarise the book Dune by Frank Herbert";
            System.out.println("answer: " + client.build().prompt(question).call().content());
            System.out.println("stream: " + String.join("", chat.stream(question).collectList().block()));
            System.out.println("vector: " + embeddings.embed(question).length);
        };
    }
}
