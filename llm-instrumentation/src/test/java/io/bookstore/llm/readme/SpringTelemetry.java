package io.bookstore.llm.readme;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.langchain4j.InstrumentedChatModel;
import io.bookstore.llm.micrometer.MicrometerRecorder;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class SpringTelemetry {

    @Bean
    GenAiTelemetry genAiTelemetry(OpenTelemetry openTelemetry, MeterRegistry registry) {
        return GenAiTelemetry.builder(openTelemetry)
                .metrics(MicrometerRecorder.create(registry))
                .build();
    }

    @Bean
    ChatModel chatModel(GenAiTelemetry telemetry) {
        ChatModel model = OpenAiChatModel.builder()
                .apiKey(System.getenv("OPENAI_API_KEY"))
                .modelName("gpt-4o-mini")
                .build();
        return InstrumentedChatModel.wrap(model, telemetry);
    }
}
