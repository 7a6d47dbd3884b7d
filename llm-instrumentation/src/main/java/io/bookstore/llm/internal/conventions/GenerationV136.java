package io.bookstore.llm.internal.conventions;

import io.bookstore.llm.content.Content;
import io.bookstore.llm.internal.call.CallSnapshot;
import io.bookstore.llm.internal.call.CallStart;
import io.bookstore.llm.operation.AgentRequest;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.bookstore.llm.semconv.GenAiMetric;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.EnumSet;
import java.util.Set;

/** Semantic conventions v1.36.0: {@code gen_ai.system}, and neither streaming, cache nor reasoning. */
final class GenerationV136 implements Generation {

    @Override
    public AttributeKey<String> provider() {
        return GenAiAttributes.SYSTEM;
    }

    @Override
    public Set<GenAiMetric> metrics() {
        return EnumSet.of(GenAiMetric.OPERATION_DURATION, GenAiMetric.TOKEN_USAGE);
    }

    @Override
    public String schemaUrl() {
        return "https://opentelemetry.io/schemas/1.36.0";
    }

    @Override
    public void putStart(AttributesBuilder span, CallStart call) {
        span.put(GenAiAttributes.SYSTEM, call.request().provider());
        IfKnown.putDouble(
                span,
                GenAiAttributes.REQUEST_TOP_K_DOUBLE,
                call.embeddings() ? null : call.request().parameters().topK());
    }

    @Override
    public void putEnd(AttributesBuilder span, CallSnapshot call) {}

    // This generation had log events for it, which nothing reads any more.
    @Override
    public void putContent(AttributesBuilder span, Content kept) {}

    @Override
    public void putAgent(AttributesBuilder span, AgentRequest agent) {
        span.put(GenAiAttributes.SYSTEM, agent.provider());
    }
}
