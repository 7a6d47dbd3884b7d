package io.bookstore.llm.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.framework.ModelFramework;
import io.bookstore.llm.framework.ModelWrapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The models of LangChain4j, for the module of an application framework. */
public final class LangChain4jModels implements ModelFramework {

    private static final Set<Class<?>> WRAPPERS =
            Set.of(InstrumentedChatModel.class, InstrumentedStreamingChatModel.class, InstrumentedEmbeddingModel.class);

    @Override
    public boolean isModel(Object bean) {
        return bean instanceof ChatModel || bean instanceof StreamingChatModel || bean instanceof EmbeddingModel;
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
        if (bean instanceof StreamingChatModel model) {
            wrappers.add(
                    new ModelWrapper(StreamingChatModel.class, InstrumentedStreamingChatModel.wrap(model, telemetry)));
        }
        if (bean instanceof EmbeddingModel model) {
            wrappers.add(new ModelWrapper(EmbeddingModel.class, InstrumentedEmbeddingModel.wrap(model, telemetry)));
        }
        return wrappers;
    }
}
