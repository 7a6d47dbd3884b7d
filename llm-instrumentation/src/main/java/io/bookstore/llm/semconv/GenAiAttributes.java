package io.bookstore.llm.semconv;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/**
 * Attribute names: those of the GenAI conventions and, under {@code llm.}, the kit's own.
 *
 * <p>Source: semantic-conventions v1.36.0 and v1.41.1, semantic-conventions-genai v0.1.0.
 */
public final class GenAiAttributes {

    public static final AttributeKey<String> OPERATION_NAME = AttributeKey.stringKey("gen_ai.operation.name");
    public static final AttributeKey<String> PROVIDER_NAME = AttributeKey.stringKey("gen_ai.provider.name");

    /** The provider's name up to v1.36. */
    public static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("gen_ai.system");

    public static final AttributeKey<String> REQUEST_MODEL = AttributeKey.stringKey("gen_ai.request.model");
    public static final AttributeKey<Boolean> REQUEST_STREAM = AttributeKey.booleanKey("gen_ai.request.stream");
    public static final AttributeKey<Long> REQUEST_MAX_TOKENS = AttributeKey.longKey("gen_ai.request.max_tokens");
    public static final AttributeKey<Double> REQUEST_TEMPERATURE = AttributeKey.doubleKey("gen_ai.request.temperature");
    public static final AttributeKey<Double> REQUEST_TOP_P = AttributeKey.doubleKey("gen_ai.request.top_p");

    /** A double up to v1.41. */
    public static final AttributeKey<Double> REQUEST_TOP_K_DOUBLE = AttributeKey.doubleKey("gen_ai.request.top_k");

    /** An integer since v0.1. */
    public static final AttributeKey<Long> REQUEST_TOP_K = AttributeKey.longKey("gen_ai.request.top_k");

    public static final AttributeKey<Double> REQUEST_FREQUENCY_PENALTY =
            AttributeKey.doubleKey("gen_ai.request.frequency_penalty");
    public static final AttributeKey<Double> REQUEST_PRESENCE_PENALTY =
            AttributeKey.doubleKey("gen_ai.request.presence_penalty");
    public static final AttributeKey<Long> REQUEST_SEED = AttributeKey.longKey("gen_ai.request.seed");
    public static final AttributeKey<Long> REQUEST_CHOICE_COUNT = AttributeKey.longKey("gen_ai.request.choice.count");
    public static final AttributeKey<List<String>> REQUEST_STOP_SEQUENCES =
            AttributeKey.stringArrayKey("gen_ai.request.stop_sequences");
    public static final AttributeKey<List<String>> REQUEST_ENCODING_FORMATS =
            AttributeKey.stringArrayKey("gen_ai.request.encoding_formats");
    public static final AttributeKey<String> REQUEST_REASONING_LEVEL =
            AttributeKey.stringKey("gen_ai.request.reasoning.level");
    public static final AttributeKey<String> OUTPUT_TYPE = AttributeKey.stringKey("gen_ai.output.type");
    public static final AttributeKey<Long> EMBEDDINGS_DIMENSION_COUNT =
            AttributeKey.longKey("gen_ai.embeddings.dimension.count");
    public static final AttributeKey<String> CONVERSATION_ID = AttributeKey.stringKey("gen_ai.conversation.id");
    public static final AttributeKey<String> PROMPT_NAME = AttributeKey.stringKey("gen_ai.prompt.name");
    public static final AttributeKey<String> PROMPT_VERSION = AttributeKey.stringKey("gen_ai.prompt.version");
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

    /** Name of the cache writes in v1.41. */
    public static final AttributeKey<Long> USAGE_CACHE_CREATION_INPUT_TOKENS =
            AttributeKey.longKey("gen_ai.usage.cache_creation.input_tokens");

    /** Name of the cache writes since v0.1. */
    public static final AttributeKey<Long> USAGE_CACHE_WRITE_INPUT_TOKENS =
            AttributeKey.longKey("gen_ai.usage.cache_write.input_tokens");

    public static final AttributeKey<Long> USAGE_REASONING_OUTPUT_TOKENS =
            AttributeKey.longKey("gen_ai.usage.reasoning.output_tokens");
    public static final AttributeKey<String> AGENT_NAME = AttributeKey.stringKey("gen_ai.agent.name");
    public static final AttributeKey<String> DATA_SOURCE_ID = AttributeKey.stringKey("gen_ai.data_source.id");
    public static final AttributeKey<String> TOOL_NAME = AttributeKey.stringKey("gen_ai.tool.name");
    public static final AttributeKey<String> TOOL_CALL_ID = AttributeKey.stringKey("gen_ai.tool.call.id");
    public static final AttributeKey<String> TOOL_DESCRIPTION = AttributeKey.stringKey("gen_ai.tool.description");
    public static final AttributeKey<String> TOOL_TYPE = AttributeKey.stringKey("gen_ai.tool.type");
    public static final AttributeKey<String> TOOL_CALL_ARGUMENTS = AttributeKey.stringKey("gen_ai.tool.call.arguments");
    public static final AttributeKey<String> TOOL_CALL_RESULT = AttributeKey.stringKey("gen_ai.tool.call.result");
    public static final AttributeKey<String> SYSTEM_INSTRUCTIONS = AttributeKey.stringKey("gen_ai.system_instructions");
    public static final AttributeKey<String> INPUT_MESSAGES = AttributeKey.stringKey("gen_ai.input.messages");
    public static final AttributeKey<String> OUTPUT_MESSAGES = AttributeKey.stringKey("gen_ai.output.messages");
    public static final AttributeKey<String> TOOL_DEFINITIONS = AttributeKey.stringKey("gen_ai.tool.definitions");
    public static final AttributeKey<String> TOKEN_TYPE = AttributeKey.stringKey("gen_ai.token.type");
    public static final AttributeKey<String> TOKEN_MODALITY = AttributeKey.stringKey("gen_ai.token.modality");
    public static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    public static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
    public static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    public static final AttributeKey<String> USER_ID = AttributeKey.stringKey("user.id");
    public static final AttributeKey<String> SESSION_ID = AttributeKey.stringKey("session.id");

    /** The operation in Traceloop's words: {@code chat}, {@code completion}, {@code embedding}. */
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

    /** {@code provider} if the provider said what the call cost, {@code price_list} if it was computed. */
    public static final AttributeKey<String> LLM_COST_SOURCE = AttributeKey.stringKey("llm.cost.source");

    /** {@code false} where the call ended before the provider had told all its tokens; absent otherwise. */
    public static final AttributeKey<Boolean> LLM_USAGE_COMPLETE = AttributeKey.booleanKey("llm.usage.complete");

    /** {@code true} for a call of a batch, which is priced as such; absent otherwise. */
    public static final AttributeKey<Boolean> LLM_REQUEST_BATCH = AttributeKey.booleanKey("llm.request.batch");

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

    /** The variant of an experiment that the call belongs to. */
    public static final AttributeKey<String> LLM_EXPERIMENT_VARIANT = AttributeKey.stringKey("llm.experiment.variant");

    /** The kit's name of the prompt's name, in every generation of the conventions. */
    public static final AttributeKey<String> LLM_PROMPT_NAME = AttributeKey.stringKey("llm.prompt.name");

    /** The kit's name of the prompt's version, in every generation of the conventions. */
    public static final AttributeKey<String> LLM_PROMPT_VERSION = AttributeKey.stringKey("llm.prompt.version");

    /** The quality that was judged of an answer. */
    public static final AttributeKey<String> EVALUATION_NAME = AttributeKey.stringKey("gen_ai.evaluation.name");

    public static final AttributeKey<Double> EVALUATION_SCORE_VALUE =
            AttributeKey.doubleKey("gen_ai.evaluation.score.value");
    public static final AttributeKey<String> EVALUATION_SCORE_LABEL =
            AttributeKey.stringKey("gen_ai.evaluation.score.label");
    public static final AttributeKey<String> EVALUATION_EXPLANATION =
            AttributeKey.stringKey("gen_ai.evaluation.explanation");

    /** Tells successful attempts from failed ones. */
    public static final AttributeKey<String> METRIC_OUTCOME = AttributeKey.stringKey("outcome");

    /** The limit that a provider speaks of. */
    public static final AttributeKey<String> METRIC_KIND = AttributeKey.stringKey("kind");

    /** The stage at which the telemetry had a defect. */
    public static final AttributeKey<String> METRIC_STAGE = AttributeKey.stringKey("stage");

    private GenAiAttributes() {}
}
