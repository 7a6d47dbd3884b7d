package io.bookstore.llm;

import io.bookstore.llm.semconv.GenAiAttributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.util.List;

/** A retrieval under way. */
record RetrievalStep(RetrievalRequest request) implements Step {

    private static final String OPERATION = "retrieval";

    @Override
    public String spanName() {
        return request.dataSource() == null ? OPERATION : OPERATION + " " + request.dataSource();
    }

    @Override
    public SpanKind kind() {
        return SpanKind.CLIENT;
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
        span.put(GenAiAttributes.OPERATION_NAME, OPERATION);
        IfKnown.put(span, GenAiAttributes.DATA_SOURCE_ID, request.dataSource());
    }

    @Override
    public void putTags(AttributesBuilder span, Profile.Tags tags) {
        tags.putRetrieval(span);
    }
}
