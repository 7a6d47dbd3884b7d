package io.bookstore.llm;

import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.util.List;

/** An operation around or between the calls to models: one span, no tokens of its own. */
sealed interface Step permits AgentStep, RetrievalStep, ToolStep {

    String spanName();

    SpanKind kind();

    /** The context that the host told with the request. */
    CallContext context();

    /** Returns true if the conventions have a conversation on such a span. */
    boolean inConversation();

    /** Puts the attributes by which samplers decide; {@code parent} is the context of the caller. */
    void putStart(AttributesBuilder span, Context parent, List<Generation> generations);

    void putTags(AttributesBuilder span, Profile.Tags tags);
}
