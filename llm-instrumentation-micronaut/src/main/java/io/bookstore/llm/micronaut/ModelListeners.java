package io.bookstore.llm.micronaut;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.bookstore.llm.GenAiTelemetry;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.util.List;

/** A listener for each model interface of LangChain4j. */
@Factory
@Requires(classes = {ChatModel.class, StreamingChatModel.class, EmbeddingModel.class})
@Requires(property = "llm.instrumentation.enabled", notEquals = "false")
final class ModelListeners {

    static final List<Class<?>> INTERFACES = List.of(ChatModel.class, StreamingChatModel.class, EmbeddingModel.class);

    // Found with the first model: an application without one needs no telemetry, and no warning that it has none.
    private final BeanProvider<GenAiTelemetry> telemetry;

    ModelListeners(BeanProvider<GenAiTelemetry> telemetry) {
        this.telemetry = telemetry;
    }

    @Singleton
    BeanCreatedEventListener<ChatModel> chatModels() {
        return new ModelListener<>(ChatModel.class, telemetry);
    }

    @Singleton
    BeanCreatedEventListener<StreamingChatModel> streamingChatModels() {
        return new ModelListener<>(StreamingChatModel.class, telemetry);
    }

    @Singleton
    BeanCreatedEventListener<EmbeddingModel> embeddingModels() {
        return new ModelListener<>(EmbeddingModel.class, telemetry);
    }
}
