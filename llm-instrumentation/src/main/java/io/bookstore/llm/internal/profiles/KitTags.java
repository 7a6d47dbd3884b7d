package io.bookstore.llm.internal.profiles;

import io.bookstore.llm.internal.call.CallSnapshot;
import io.bookstore.llm.internal.call.CallStart;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.opentelemetry.api.common.AttributesBuilder;

/** The kit's documented tags. */
final class KitTags implements ProfileTags {

    private static final double MILLIS = 1e3;

    @Override
    public void putStart(AttributesBuilder span, CallStart call) {
        InferenceRequest request = call.request();
        span.put(GenAiAttributes.LLM_REQUEST_TYPE, requestType(request.operation()));
        span.put(GenAiAttributes.LLM_SYSTEM, request.provider());
    }

    @Override
    public void putEnd(AttributesBuilder span, CallSnapshot call) {
        String model = call.model();
        if (model != null) {
            span.put(GenAiAttributes.LLM_MODEL_NAME, model);
        }
        span.put(GenAiAttributes.LLM_LATENCY, call.timing().seconds() * MILLIS);
    }

    /** Traceloop's words for the convention's operations. */
    private static String requestType(String operation) {
        return switch (operation) {
            case "text_completion" -> "completion";
            case "embeddings" -> "embedding";
            case "generate_content" -> "chat";
            default -> operation;
        };
    }
}
