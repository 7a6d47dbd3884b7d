package io.bookstore.llm.spring;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.framework.ModelFramework;
import io.bookstore.llm.framework.ModelWrapper;
import io.bookstore.llm.spring.ai.InstrumentedChatModel;
import io.bookstore.llm.spring.ai.InstrumentedEmbeddingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;

/** The models of Spring AI. */
final class SpringAiModels implements ModelFramework {

    private static final Set<Class<?>> WRAPPERS = Set.of(InstrumentedChatModel.class, InstrumentedEmbeddingModel.class);

    @Override
    public boolean isModel(Object bean) {
        return bean instanceof ChatModel || bean instanceof EmbeddingModel;
    }

    @Override
    public boolean isWrapper(Class<?> type) {
        return WRAPPERS.contains(type);
    }

    @Override
    public List<ModelWrapper> wrappers(Object bean, GenAiTelemetry telemetry) {
        List<ModelWrapper> wrappers = new ArrayList<>();
        if (bean instanceof ChatModel model) {
            wrappers.add(new ModelWrapper(ChatModel.class, InstrumentedChatModel.wrap(model, telemetry)));
        }
        if (bean instanceof EmbeddingModel model) {
            wrappers.add(new ModelWrapper(EmbeddingModel.class, InstrumentedEmbeddingModel.wrap(model, telemetry)));
        }
        return wrappers;
    }
}
