package io.bookstore.llm.agent;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Models that have another model of their kind in a field, such as a cache or a fallback. Their calls are measured where they go,
 * with the names of the model that they reach.
 */
final class DelegatingModels extends ClassValue<Boolean> {

    static final DelegatingModels CHAT = new DelegatingModels(ChatModel.class, StreamingChatModel.class);
    static final DelegatingModels EMBEDDINGS = new DelegatingModels(EmbeddingModel.class);

    private final List<Class<?>> kinds;

    private DelegatingModels(Class<?>... kinds) {
        this.kinds = List.of(kinds);
    }

    boolean contains(Object model) {
        return get(model.getClass());
    }

    @Override
    protected Boolean computeValue(Class<?> type) {
        try {
            return Stream.<Class<?>>iterate(type, above -> above != null, Class::getSuperclass)
                    .flatMap(above -> Arrays.stream(above.getDeclaredFields()))
                    .anyMatch(field -> !Modifier.isStatic(field.getModifiers()) && isModel(field.getType()));
        } catch (LinkageError incomplete) {
            return false;
        }
    }

    private boolean isModel(Class<?> field) {
        return kinds.stream().anyMatch(kind -> kind.isAssignableFrom(field));
    }
}
