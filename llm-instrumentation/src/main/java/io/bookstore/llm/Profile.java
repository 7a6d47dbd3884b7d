package io.bookstore.llm;

import io.opentelemetry.api.common.AttributesBuilder;

/** Names besides the conventions' that spans may carry. */
public enum Profile {
    /** {@code llm.request.type}, {@code llm.system}, {@code llm.model.name} and {@code llm.latency} in milliseconds. */
    KIT(new KitTags()),
    /** The names that Phoenix and other readers of OpenInference look for; agents have no tokens, because Phoenix adds up all spans. */
    OPEN_INFERENCE(new OpenInferenceTags()),
    /** The names that Langfuse reads first; its token and cost details are disjoint parts, because it adds them up. */
    LANGFUSE(new LangfuseTags());

    private final Tags tags;

    Profile(Tags tags) {
        this.tags = tags;
    }

    Tags tags() {
        return tags;
    }

    /** Puts a profile's names onto a span. */
    interface Tags {

        /** Returns true if its viewer adds up the tokens of all spans, so that an agent must not repeat those of its calls. */
        default boolean sumsAllSpans() {
            return false;
        }

        void putStart(AttributesBuilder span, CallStart call);

        void putEnd(AttributesBuilder span, CallSnapshot call);

        default void putTool(AttributesBuilder span, ToolRequest tool) {}

        default void putAgent(AttributesBuilder span, AgentRequest agent) {}

        default void putRetrieval(AttributesBuilder span) {}
    }
}
