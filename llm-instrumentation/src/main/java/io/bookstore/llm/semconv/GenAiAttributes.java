package io.bookstore.llm.semconv;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/**
 * Attribute names: the GenAI conventions of v1.41 and, under {@code llm.}, the kit's own.
 *
 * <p>Source: open-telemetry/semantic-conventions v1.41.1, docs/gen-ai.
 */
public final class GenAiAttributes {

    public static final AttributeKey<String> OPERATION_NAME = AttributeKey.stringKey("gen_ai.operation.name");
    public static final AttributeKey<String> PROVIDER_NAME = AttributeKey.stringKey("gen_ai.provider.name");
    public static final AttributeKey<String> REQUEST_MODEL = AttributeKey.stringKey("gen_ai.request.model");
    public static final AttributeKey<Boolean> REQUEST_STREAM = AttributeKey.booleanKey("gen_ai.request.stream");
    public static final AttributeKey<Long> REQUEST_MAX_TOKENS = AttributeKey.longKey("gen_ai.request.max_tokens");
    public static final AttributeKey<Double> REQUEST_TEMPERATURE = AttributeKey.doubleKey("gen_ai.request.temperature");
    public static final AttributeKey<Double> REQUEST_TOP_P = AttributeKey.doubleKey("gen_ai.request.top_p");
    public static final AttributeKey<List<String>> REQUEST_STOP_SEQUENCES =
            AttributeKey.stringArrayKey("gen_ai.request.stop_sequences");
    public static final AttributeKey<String> RESPONSE_ID = AttributeKey.stringKey("gen_ai.response.id");
    public static final AttributeKey<String> RESPONSE_MODEL = AttributeKey.stringKey("gen_ai.response.model");
    public static final AttributeKey<List<String>> RESPONSE_FINISH_REASONS =
            AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");
    public static final AttributeKey<Double> RESPONSE_TIME_TO_FIRST_CHUNK =
            AttributeKey.doubleKey("gen_ai.response.time_to_first_chunk");
    public static final AttributeKey<Long> USAGE_INPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.input_tokens");
    public static final AttributeKey<Long> USAGE_OUTPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.output_tokens");
    public static final AttributeKey<Long> USAGE_CACHE_READ_INPUT_TOKENS =
            AttributeKey.longKey("gen_ai.usage.cache_read.input_tokens");
    public static final AttributeKey<Long> USAGE_CACHE_CREATION_INPUT_TOKENS =
            AttributeKey.longKey("gen_ai.usage.cache_creation.input_tokens");
    public static final AttributeKey<Long> USAGE_REASONING_OUTPUT_TOKENS =
            AttributeKey.longKey("gen_ai.usage.reasoning.output_tokens");
    public static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    public static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
    public static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    public static final AttributeKey<String> TOKEN_TYPE = AttributeKey.stringKey("gen_ai.token.type");

    /** As Traceloop names it: {@code chat}, {@code completion}, {@code embedding}. */
    public static final AttributeKey<String> LLM_REQUEST_TYPE = AttributeKey.stringKey("llm.request.type");

    /** The vendor, as OpenInference names it. */
    public static final AttributeKey<String> LLM_SYSTEM = AttributeKey.stringKey("llm.system");

    /** The model that answered or, if the provider did not tell, the one asked for. */
    public static final AttributeKey<String> LLM_MODEL_NAME = AttributeKey.stringKey("llm.model.name");

    /** Milliseconds from start to end of the call. */
    public static final AttributeKey<Double> LLM_LATENCY = AttributeKey.doubleKey("llm.latency");

    public static final AttributeKey<Double> LLM_COST_USD = AttributeKey.doubleKey("llm.cost.usd");

    /** ISO date on which the price was checked. */
    public static final AttributeKey<String> LLM_COST_PRICE_DATE = AttributeKey.stringKey("llm.cost.price_date");

    /** {@code false} where the call ended before the provider had told all its tokens; absent otherwise. */
    public static final AttributeKey<Boolean> LLM_USAGE_COMPLETE = AttributeKey.booleanKey("llm.usage.complete");

    /** Attempts behind the call, the first included. */
    public static final AttributeKey<Long> LLM_ATTEMPTS = AttributeKey.longKey("llm.attempts");

    /** {@code completed}, {@code failed} or {@code cancelled}. */
    public static final AttributeKey<String> LLM_OUTCOME = AttributeKey.stringKey("llm.outcome");

    /** Event of an attempt that failed. */
    public static final String ATTEMPT_EVENT = "llm.attempt";

    public static final AttributeKey<Long> ATTEMPT_NUMBER = AttributeKey.longKey("llm.attempt.number");
    public static final AttributeKey<Double> ATTEMPT_RETRY_AFTER = AttributeKey.doubleKey("llm.attempt.retry_after");
    public static final AttributeKey<Long> HTTP_RESPONSE_STATUS_CODE =
            AttributeKey.longKey("http.response.status_code");

    private GenAiAttributes() {}
}
