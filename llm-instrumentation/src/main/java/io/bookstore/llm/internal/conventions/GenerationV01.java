package io.bookstore.llm.internal.conventions;

import io.bookstore.llm.content.Content;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.internal.call.CallSnapshot;
import io.bookstore.llm.internal.call.CallStart;
import io.bookstore.llm.operation.AgentRequest;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.RequestParameters;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.bookstore.llm.semconv.GenAiMetric;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The conventions of the repository semantic-conventions-genai, v0.1.0. */
final class GenerationV01 implements Generation {

    @Override
    public AttributeKey<String> provider() {
        return GenAiAttributes.PROVIDER_NAME;
    }

    @Override
    public Set<GenAiMetric> metrics() {
        return EnumSet.range(GenAiMetric.INFERENCE_DURATION, GenAiMetric.EXECUTE_TOOL_DURATION);
    }

    /** Empty: these conventions publish no schema. */
    @Override
    public String schemaUrl() {
        return "";
    }

    @Override
    public void putStart(AttributesBuilder span, CallStart call) {
        InferenceRequest request = call.request();
        RequestParameters parameters = request.parameters();
        span.put(GenAiAttributes.PROVIDER_NAME, request.provider());
        if (call.embeddings()) {
            IfKnown.putLong(span, GenAiAttributes.EMBEDDINGS_DIMENSION_COUNT, parameters.dimensions());
            return;
        }
        if (request.streaming()) {
            span.put(GenAiAttributes.REQUEST_STREAM, true);
        }
        IfKnown.putLong(span, GenAiAttributes.REQUEST_TOP_K, parameters.topK());
        IfKnown.put(span, GenAiAttributes.REQUEST_REASONING_LEVEL, parameters.reasoningLevel());
        IfKnown.put(span, GenAiAttributes.PROMPT_NAME, call.callContext().promptName());
        IfKnown.put(span, GenAiAttributes.PROMPT_VERSION, call.callContext().promptVersion());
    }

    @Override
    public void putEnd(AttributesBuilder span, CallSnapshot call) {
        IfKnown.put(
                span,
                GenAiAttributes.RESPONSE_TIME_TO_FIRST_CHUNK,
                call.timing().toFirstChunk());
        if (call.start().embeddings()) {
            return;
        }
        if (call.outcome().response() == null) {
            span.put(GenAiAttributes.RESPONSE_FINISH_REASONS, List.of("error"));
        }
        TokenUsage usage = call.usage();
        IfKnown.put(span, GenAiAttributes.USAGE_CACHE_WRITE_INPUT_TOKENS, usage.cacheWrite());
        IfKnown.put(span, GenAiAttributes.USAGE_CACHE_READ_INPUT_TOKENS, usage.cacheRead());
        IfKnown.put(span, GenAiAttributes.USAGE_REASONING_OUTPUT_TOKENS, usage.reasoning());
    }

    @Override
    public void putContent(AttributesBuilder span, Content kept) {
        IfKnown.putContent(span, kept);
    }

    // An agent in the same process has no provider any more: its calls may go to several.
    @Override
    public void putAgent(AttributesBuilder span, AgentRequest agent) {}
}
