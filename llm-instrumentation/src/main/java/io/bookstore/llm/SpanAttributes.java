package io.bookstore.llm;

import io.bookstore.llm.cost.Cost;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.context.Context;
import io.opentelemetry.instrumentation.api.instrumenter.AttributesExtractor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a span says of its call. Unknown is absent. */
final class SpanAttributes implements AttributesExtractor<Inference, Outcome> {

    private static final double MILLIS = 1e3;

    private final Failures failures;

    SpanAttributes(Failures failures) {
        this.failures = failures;
    }

    @Override
    public void onStart(AttributesBuilder span, Context parent, Inference call) {
        InferenceRequest request = call.request();
        span.put(GenAiAttributes.OPERATION_NAME, request.operation());
        span.put(GenAiAttributes.PROVIDER_NAME, request.provider());
        put(span, GenAiAttributes.REQUEST_MODEL, request.model());
        if (request.streaming()) {
            span.put(GenAiAttributes.REQUEST_STREAM, true);
        }
        if (request.maxTokens() != null) {
            span.put(GenAiAttributes.REQUEST_MAX_TOKENS, request.maxTokens().longValue());
        }
        put(span, GenAiAttributes.REQUEST_TEMPERATURE, request.temperature());
        put(span, GenAiAttributes.REQUEST_TOP_P, request.topP());
        if (!request.stopSequences().isEmpty()) {
            span.put(GenAiAttributes.REQUEST_STOP_SEQUENCES, request.stopSequences());
        }
        put(span, GenAiAttributes.SERVER_ADDRESS, request.serverAddress());
        if (request.serverAddress() != null && request.serverPort() != null) {
            span.put(GenAiAttributes.SERVER_PORT, request.serverPort().longValue());
        }
        span.put(GenAiAttributes.LLM_REQUEST_TYPE, requestType(request.operation()));
        span.put(GenAiAttributes.LLM_SYSTEM, request.provider());
        span.putAll(request.attributes());
    }

    @Override
    public void onEnd(
            AttributesBuilder span,
            Context context,
            Inference call,
            @Nullable Outcome outcome,
            @Nullable Throwable error) {
        if (outcome != null) {
            failures.guard("end_span", () -> describe(span, call, outcome));
        }
    }

    private static void describe(AttributesBuilder span, Inference call, Outcome outcome) {
        String model = call.request().model();
        if (outcome instanceof Outcome.Completed completed) {
            InferenceResponse response = completed.response();
            put(span, GenAiAttributes.RESPONSE_ID, response.id());
            put(span, GenAiAttributes.RESPONSE_MODEL, response.model());
            if (!response.finishReasons().isEmpty()) {
                span.put(GenAiAttributes.RESPONSE_FINISH_REASONS, response.finishReasons());
            }
            model = response.model() == null ? model : response.model();
        }
        put(span, GenAiAttributes.LLM_MODEL_NAME, model);
        putUsage(span, call.usage());
        if (!(outcome instanceof Outcome.Completed) && !call.usage().equals(TokenUsage.UNKNOWN)) {
            span.put(GenAiAttributes.LLM_USAGE_COMPLETE, false);
        }
        put(span, GenAiAttributes.RESPONSE_TIME_TO_FIRST_CHUNK, call.timeToFirstChunk());
        putCost(span, call.cost());
        if (outcome instanceof Outcome.Failed failed) {
            span.put(GenAiAttributes.ERROR_TYPE, failed.errorType());
        }
        if (call.attempts() > 0) {
            span.put(GenAiAttributes.LLM_ATTEMPTS, (long) call.attempts());
        }
        span.put(GenAiAttributes.LLM_OUTCOME, outcome.wireName());
        span.put(GenAiAttributes.LLM_LATENCY, call.seconds() * MILLIS);
    }

    private static void putUsage(AttributesBuilder span, TokenUsage usage) {
        put(span, GenAiAttributes.USAGE_INPUT_TOKENS, usage.input());
        put(span, GenAiAttributes.USAGE_OUTPUT_TOKENS, usage.output());
        put(span, GenAiAttributes.USAGE_CACHE_READ_INPUT_TOKENS, usage.cacheRead());
        put(span, GenAiAttributes.USAGE_CACHE_CREATION_INPUT_TOKENS, usage.cacheWrite());
        put(span, GenAiAttributes.USAGE_REASONING_OUTPUT_TOKENS, usage.reasoning());
    }

    private static void putCost(AttributesBuilder span, @Nullable Cost cost) {
        if (cost != null) {
            span.put(GenAiAttributes.LLM_COST_USD, cost.usd().doubleValue());
            span.put(GenAiAttributes.LLM_COST_PRICE_DATE, cost.priceDate().toString());
        }
    }

    /** Traceloop's words for the convention's operations. */
    private static String requestType(String operation) {
        return switch (operation.toLowerCase(Locale.ROOT)) {
            case "text_completion" -> "completion";
            case "embeddings" -> "embedding";
            case "generate_content" -> "chat";
            default -> operation;
        };
    }

    private static <T> void put(
            AttributesBuilder span, io.opentelemetry.api.common.AttributeKey<T> key, @Nullable T value) {
        if (value != null) {
            span.put(key, value);
        }
    }
}
