package io.bookstore.perf.otlp;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operation of a call to a model, by the GenAI conventions, OpenInference's kind of span or Traceloop's older type. */
public final class ModelOperation {

    /** Operations around calls to models, or beside them, which have spans of their own; the last is Spring AI's. */
    private static final Set<String> OTHERS = Set.of(
            "execute_tool",
            "invoke_agent",
            "create_agent",
            "invoke_workflow",
            "plan",
            "retrieval",
            "create_memory_store",
            "search_memory",
            "create_memory",
            "update_memory",
            "upsert_memory",
            "delete_memory",
            "delete_memory_store",
            "fetch_response",
            "framework");

    private static final Map<String, String> OPEN_INFERENCE = Map.of("LLM", "chat", "EMBEDDING", "embeddings");

    private static final Map<String, String> TRACELOOP =
            Map.of("chat", "chat", "completion", "text_completion", "embedding", "embeddings", "rerank", "rerank");

    private ModelOperation() {}

    /** Returns the operation, such as {@code chat}; null if the span is no call to a model. */
    public static @Nullable String of(SpanAttributes span) {
        String operation = span.text("gen_ai.operation.name");
        if (operation != null) {
            return OTHERS.contains(operation) ? null : operation;
        }
        String kind = span.text("openinference.span.kind");
        if (kind != null) {
            return OPEN_INFERENCE.get(kind);
        }
        return TRACELOOP.get(String.valueOf(span.text("llm.request.type")));
    }
}
