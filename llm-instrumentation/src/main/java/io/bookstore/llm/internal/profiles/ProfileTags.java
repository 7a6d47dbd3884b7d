package io.bookstore.llm.internal.profiles;

import io.bookstore.llm.internal.call.CallSnapshot;
import io.bookstore.llm.internal.call.CallStart;
import io.bookstore.llm.operation.AgentRequest;
import io.bookstore.llm.operation.ToolRequest;
import io.opentelemetry.api.common.AttributesBuilder;

/** Puts a profile's names onto a span. */
public interface ProfileTags {

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
