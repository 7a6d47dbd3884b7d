package shop;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.langchain4j.InstrumentedChatModel;
import io.bookstore.llm.langchain4j.InstrumentedEmbeddingModel;
import io.bookstore.llm.langchain4j.InstrumentedStreamingChatModel;
import io.opentelemetry.api.GlobalOpenTelemetry;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A service that measures some of its models itself: by wrappers, and by the auto-configuration for Spring Boot. */
public final class MeasuredShop {

    private MeasuredShop() {}

    /** @param arguments the address of the provider */
    public static void main(String[] arguments) {
        String provider = arguments[0] + "/v1";
        GenAiTelemetry telemetry = GenAiTelemetry.create(GlobalOpenTelemetry.get());
        ChatModel bare = Models.openAi(provider);
        ChatModel wrapped = InstrumentedChatModel.wrap(bare, telemetry);

        Models.say(wrapped.chat("wrapped"));
        Models.say(new Decorator(wrapped).chat("wrapped within a decorator"));
        Models.say(new Router(List.of(wrapped)).chat("wrapped behind a router"));
        Models.say(InstrumentedChatModel.wrap(new Decorator(bare), telemetry).chat("wrapped around a decorator"));
        Models.say(bare.chat("not wrapped"));
        Models.say(Streamed.answer(
                InstrumentedStreamingChatModel.wrap(
                        OpenAiStreamingChatModel.builder()
                                .baseUrl(provider)
                                .apiKey("none")
                                .modelName("gpt-4o-mini")
                                .build(),
                        telemetry),
                "streamed"));
        Models.say("vector "
                + InstrumentedEmbeddingModel.wrap(Models.openAiEmbeddings(provider), telemetry)
                        .embed("wrapped")
                        .content()
                        .dimension());
        SpringApplication spring = new SpringApplication(Beans.class);
        spring.setDefaultProperties(Map.of("provider", provider));
        try (ConfigurableApplicationContext beans = spring.run()) {
            Models.say(beans.getBean(ChatModel.class).chat("bean"));
        }
    }

    /** The bean that the auto-configuration measures. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Beans {

        @Bean
        ChatModel model(@Value("${provider}") String provider) {
            return Models.openAi(provider);
        }
    }
}
