package io.bookstore.llm.semconv;

/** Names besides the conventions' that spans may carry. */
public enum Profile {
    /** {@code llm.request.type}, {@code llm.system}, {@code llm.model.name} and {@code llm.latency} in milliseconds. */
    KIT,
    /** The names that Phoenix and other readers of OpenInference look for; agents have no tokens, because Phoenix adds up all spans. */
    OPEN_INFERENCE,
    /** The names that Langfuse reads first; its token and cost details are disjoint parts, because it adds them up. */
    LANGFUSE
}
