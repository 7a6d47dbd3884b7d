package io.bookstore.llm;

import io.bookstore.llm.semconv.GenAiAttributes;
import io.opentelemetry.api.common.AttributesBuilder;

/** The kit's documented tags. */
final class KitTags implements Profile.Tags {

    private static final double MILLIS = 1e3;

    @Override
    public void atStart(AttributesBuilder span, Inference call) {
        InferenceRequest request = call.request();
        span.put(GenAiAttributes.LLM_REQUEST_TYPE, requestType(request.operation()));
        span.put(GenAiAttributes.LLM_SYSTEM, request.provider());
    }

    @Override
    public void atEnd(AttributesBuilder span, Inference call, Outcome outcome) {
        String model = call.responseModel() == null ? call.request().model() : call.responseModel();
        if (model != null) {
            span.put(GenAiAttributes.LLM_MODEL_NAME, model);
        }
        span.put(GenAiAttributes.LLM_LATENCY, call.seconds() * MILLIS);
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
