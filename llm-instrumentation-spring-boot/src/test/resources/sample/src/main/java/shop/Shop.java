package shop;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** An application that knows nothing of telemetry: it asks its model once and ends. */
@SpringBootApplication
public class Shop {

    public static void main(String[] arguments) {
        System.exit(SpringApplication.exit(SpringApplication.run(Shop.class, arguments)));
    }

    @Bean
    OpenAiChatModel chatModel(@Value("${provider}") String provider) {
        return OpenAiChatModel.builder()
                .baseUrl(provider)
                .apiKey("none")
                .modelName("gpt-4o-mini")
                .build();
    }

    @Bean
    ApplicationRunner question(ChatModel model) {
        return arguments -> System.out.println("answer: " + model.chat("Summarise the book Dune by Frank Herbert"));
    }
}
