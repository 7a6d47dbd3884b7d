package io.bookstore.llm;

import io.bookstore.llm.semconv.GenAiAttributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.util.List;

/** An agent at work. */
record AgentStep(AgentRequest request) implements Step {

    private static final String OPERATION = "invoke_agent";

    @Override
    public String spanName() {
        return OPERATION + " " + request.name();
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
        return true;
    }

    @Override
    public void putStart(AttributesBuilder span, Context parent, List<Generation> generations) {
        span.put(GenAiAttributes.OPERATION_NAME, OPERATION);
        span.put(GenAiAttributes.AGENT_NAME, request.name());
        IfKnown.put(span, GenAiAttributes.REQUEST_MODEL, request.model());
        for (Generation generation : generations) {
            generation.putAgent(span, request);
        }
    }

    @Override
    public void putTags(AttributesBuilder span, Profile.Tags tags) {
        tags.putAgent(span, request);
    }
}
