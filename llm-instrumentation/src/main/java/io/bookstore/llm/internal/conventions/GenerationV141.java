package io.bookstore.llm.internal.conventions;

import io.bookstore.llm.content.Content;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.internal.call.CallSnapshot;
import io.bookstore.llm.internal.call.CallStart;
import io.bookstore.llm.operation.AgentRequest;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.bookstore.llm.semconv.GenAiMetric;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.EnumSet;
import java.util.Set;

/** Semantic conventions v1.41.1, which today's dashboards know. */
final class GenerationV141 implements Generation {

    @Override
    public AttributeKey<String> provider() {
        return GenAiAttributes.PROVIDER_NAME;
    }

    @Override
    public Set<GenAiMetric> metrics() {
        return EnumSet.of(
                GenAiMetric.OPERATION_DURATION,
                GenAiMetric.TOKEN_USAGE,
                GenAiMetric.TIME_TO_FIRST_CHUNK,
                GenAiMetric.TIME_PER_OUTPUT_CHUNK);
    }

    @Override
    public String schemaUrl() {
        return "https://opentelemetry.io/schemas/1.41.0";
    }

    @Override
    public void putStart(AttributesBuilder span, CallStart call) {
        InferenceRequest request = call.request();
        span.put(GenAiAttributes.PROVIDER_NAME, request.provider());
        if (call.embeddings()) {
            IfKnown.putLong(
                    span,
                    GenAiAttributes.EMBEDDINGS_DIMENSION_COUNT,
                    request.parameters().dimensions());
            return;
        }
        if (request.streaming()) {
            span.put(GenAiAttributes.REQUEST_STREAM, true);
        }
        IfKnown.putDouble(
                span, GenAiAttributes.REQUEST_TOP_K_DOUBLE, request.parameters().topK());
    }

    @Override
    public void putEnd(AttributesBuilder span, CallSnapshot call) {
        IfKnown.put(
                span,
                GenAiAttributes.RESPONSE_TIME_TO_FIRST_CHUNK,
                call.timing().toFirstChunk());
        if (!call.start().embeddings()) {
            TokenUsage usage = call.usage();
            IfKnown.put(span, GenAiAttributes.USAGE_CACHE_CREATION_INPUT_TOKENS, usage.cacheWrite());
            IfKnown.put(span, GenAiAttributes.USAGE_CACHE_READ_INPUT_TOKENS, usage.cacheRead());
            IfKnown.put(span, GenAiAttributes.USAGE_REASONING_OUTPUT_TOKENS, usage.reasoning());
        }
    }

    @Override
    public void putContent(AttributesBuilder span, Content kept) {
        IfKnown.putContent(span, kept);
    }

    @Override
    public void putAgent(AttributesBuilder span, AgentRequest agent) {
        span.put(GenAiAttributes.PROVIDER_NAME, agent.provider());
    }
}
