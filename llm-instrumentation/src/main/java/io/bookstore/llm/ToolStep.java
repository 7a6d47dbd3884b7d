package io.bookstore.llm;

import io.bookstore.llm.semconv.GenAiAttributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.util.List;

/** A tool at work. */
record ToolStep(ToolRequest request) implements Step {

    @Override
    public String spanName() {
        return "execute_tool " + request.name();
    }

    @Override
    public SpanKind kind() {
        return SpanKind.INTERNAL;
    }

    @Override
    public CallContext context() {
        return request.context();
    }

    @Override
    public boolean inConversation() {
        return false;
    }

    @Override
    public void putStart(AttributesBuilder span, Context parent, List<Generation> generations) {
        span.put(GenAiAttributes.OPERATION_NAME, "execute_tool");
        span.put(GenAiAttributes.TOOL_NAME, request.name());
        span.put(GenAiAttributes.TOOL_TYPE, request.type());
        IfKnown.put(span, GenAiAttributes.TOOL_CALL_ID, request.callId());
        IfKnown.put(span, GenAiAttributes.TOOL_DESCRIPTION, request.description());
        AgentInvocation agent = parent.get(AgentInvocation.AGENT);
        if (agent != null) {
            span.put(GenAiAttributes.AGENT_NAME, agent.request().name());
        }
    }

    @Override
    public void putTags(AttributesBuilder span, Profile.Tags tags) {
        tags.putTool(span, request);
    }
}
