package io.bookstore.llm.langchain4j.provider;

import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.error.ErrorType;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The dialect of a stream whose provider nobody knows yet: that of whichever provider the event fits. */
final class AnyDialect implements ProviderDialect {

    static final AnyDialect INSTANCE = new AnyDialect();

    private AnyDialect() {}

    @Override
    public Map<String, String> names() {
        return NAMES;
    }

    @Override
    public ProviderDialect narrowedBy(String event, String data) {
        for (ProviderDialect dialect : ALL) {
            if (dialect.begins(event, data)) {
                return dialect;
            }
        }
        return this;
    }

    @Override
    public boolean tellsFinish(String event, String data) {
        return ALL.stream().anyMatch(dialect -> dialect.tellsFinish(event, data));
    }

    @Override
    public boolean ends(String event, String data) {
        return ALL.stream().anyMatch(dialect -> dialect.ends(event, data));
    }

    @Override
    public @Nullable ErrorType failure(String event, String data) {
        return first(dialect -> dialect.failure(event, data));
    }

    @Override
    public @Nullable TokenUsage usageAtStart(String event, String data) {
        return first(dialect -> dialect.usageAtStart(event, data));
    }

    private static <T> @Nullable T first(Function<ProviderDialect, @Nullable T> question) {
        for (ProviderDialect dialect : ALL) {
            T answer = question.apply(dialect);
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }
}
