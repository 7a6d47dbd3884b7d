package io.bookstore.llm.operation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A search for what a model should know.
 *
 * @param dataSource id of the place that is searched; {@code gen_ai.data_source.id}, null if it has none
 * @param context    for whom
 */
public record RetrievalRequest(@Nullable String dataSource, CallContext context) {

    public RetrievalRequest {
        Objects.requireNonNull(context, "context");
    }

    public static RetrievalRequest of(@Nullable String dataSource) {
        return new RetrievalRequest(dataSource, CallContext.NONE);
    }
}
