package io.bookstore.llm;

import io.bookstore.llm.content.Content;
import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.cost.Cost;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.bookstore.llm.semconv.GenAiConventions;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a span says of its call. Unknown is absent. */
final class InferenceSpan {

    private static final int EMPTY_ARRAY = 2;

    private final Failures failures;
    private final Function<InferenceRequest, Attributes> extra;
    private final ContextTags contextTags;
    private final Set<Profile> profiles;
    private final @Nullable ContentPolicy policy;
    private final boolean v136;
    private final boolean v141;
    private final boolean v01;

    InferenceSpan(
            Failures failures,
            Set<GenAiConventions> conventions,
            Function<InferenceRequest, Attributes> extra,
            ContextTags contextTags,
            Set<Profile> profiles,
            @Nullable ContentPolicy policy) {
        this.failures = failures;
        this.extra = extra;
        this.contextTags = contextTags;
        this.profiles = profiles;
        this.policy = policy;
        this.v136 = conventions.contains(GenAiConventions.V1_36);
        this.v141 = conventions.contains(GenAiConventions.V1_41);
        this.v01 = conventions.contains(GenAiConventions.V0_1);
    }

    void onStart(AttributesBuilder span, Inference call) {
        InferenceRequest request = call.request();
        span.put(GenAiAttributes.OPERATION_NAME, request.operation());
        if (v136) {
            span.put(GenAiAttributes.SYSTEM, request.provider());
        }
        if (v141 || v01) {
            span.put(GenAiAttributes.PROVIDER_NAME, request.provider());
        }
        put(span, GenAiAttributes.REQUEST_MODEL, request.model());
        put(span, GenAiAttributes.SERVER_ADDRESS, request.serverAddress());
        if (request.serverAddress() != null && request.serverPort() != null) {
            span.put(GenAiAttributes.SERVER_PORT, request.serverPort().longValue());
        }
        boolean embeddings = request.operation().equals("embeddings");
        if (embeddings) {
            embedding(span, request.parameters());
        } else {
            inference(span, request);
        }
        if (request.batch()) {
            span.put(GenAiAttributes.LLM_REQUEST_BATCH, true);
        }
        contextTags.put(span, call.callContext(), !embeddings);
        for (Profile profile : profiles) {
            profile.tags().atStart(span, call);
        }
        span.putAll(request.attributes());
        try {
            span.putAll(extra.apply(request));
        } catch (Throwable e) {
            failures.note("extract_attributes", e);
        }
    }

    private void embedding(AttributesBuilder span, RequestParameters parameters) {
        put(span, GenAiAttributes.REQUEST_ENCODING_FORMATS, parameters.encodingFormats());
        if (v141 || v01) {
            put(span, GenAiAttributes.EMBEDDINGS_DIMENSION_COUNT, parameters.dimensions());
        }
    }

    private void inference(AttributesBuilder span, InferenceRequest request) {
        RequestParameters parameters = request.parameters();
        if (request.streaming() && (v141 || v01)) {
            span.put(GenAiAttributes.REQUEST_STREAM, true);
        }
        put(span, GenAiAttributes.REQUEST_MAX_TOKENS, parameters.maxTokens());
        put(span, GenAiAttributes.REQUEST_TEMPERATURE, parameters.temperature());
        put(span, GenAiAttributes.REQUEST_TOP_P, parameters.topP());
        if (parameters.topK() != null) {
            // One key cannot have two types: where generations differ, the older readers win.
            if (v136 || v141) {
                span.put(GenAiAttributes.REQUEST_TOP_K_DOUBLE, parameters.topK().doubleValue());
            } else {
                span.put(GenAiAttributes.REQUEST_TOP_K, parameters.topK().longValue());
            }
        }
        put(span, GenAiAttributes.REQUEST_FREQUENCY_PENALTY, parameters.frequencyPenalty());
        put(span, GenAiAttributes.REQUEST_PRESENCE_PENALTY, parameters.presencePenalty());
        put(span, GenAiAttributes.REQUEST_SEED, parameters.seed());
        if (parameters.choiceCount() != null && parameters.choiceCount() != 1) {
            put(span, GenAiAttributes.REQUEST_CHOICE_COUNT, parameters.choiceCount());
        }
        put(span, GenAiAttributes.REQUEST_STOP_SEQUENCES, parameters.stopSequences());
        put(span, GenAiAttributes.OUTPUT_TYPE, parameters.outputType());
        if (v01) {
            put(span, GenAiAttributes.REQUEST_REASONING_LEVEL, parameters.reasoningLevel());
        }
    }

    void onEnd(AttributesBuilder span, Inference call, Outcome outcome) {
        failures.guard("end_span", () -> {
            answer(span, call, outcome);
            usage(span, call, outcome);
            own(span, call, outcome);
            for (Profile profile : profiles) {
                profile.tags().atEnd(span, call, outcome);
            }
        });
        if (policy != null && !call.content().equals(Content.NONE)) {
            failures.guard("capture_content", () -> content(span, policy.apply(call.content())));
        }
    }

    private void answer(AttributesBuilder span, Inference call, Outcome outcome) {
        boolean embeddings = call.request().operation().equals("embeddings");
        if (outcome instanceof Outcome.Completed completed) {
            InferenceResponse response = completed.response();
            put(span, GenAiAttributes.RESPONSE_MODEL, response.model());
            if (!embeddings) {
                put(span, GenAiAttributes.RESPONSE_ID, response.id());
                put(span, GenAiAttributes.RESPONSE_FINISH_REASONS, response.finishReasons());
            }
            span.putAll(response.attributes());
        } else {
            if (v01 && !embeddings) {
                span.put(GenAiAttributes.RESPONSE_FINISH_REASONS, List.of("error"));
            }
            if (outcome instanceof Outcome.Failed failed) {
                span.put(GenAiAttributes.ERROR_TYPE, failed.errorType());
            }
        }
        if (v141 || v01) {
            put(span, GenAiAttributes.RESPONSE_TIME_TO_FIRST_CHUNK, call.timeToFirstChunk());
        }
    }

    private void usage(AttributesBuilder span, Inference call, Outcome outcome) {
        TokenUsage usage = call.usage();
        put(span, GenAiAttributes.USAGE_INPUT_TOKENS, usage.input());
        if (!call.request().operation().equals("embeddings")) {
            put(span, GenAiAttributes.USAGE_OUTPUT_TOKENS, usage.output());
            if (v141) {
                put(span, GenAiAttributes.USAGE_CACHE_CREATION_INPUT_TOKENS, usage.cacheWrite());
            }
            if (v01) {
                put(span, GenAiAttributes.USAGE_CACHE_WRITE_INPUT_TOKENS, usage.cacheWrite());
            }
            if (v141 || v01) {
                put(span, GenAiAttributes.USAGE_CACHE_READ_INPUT_TOKENS, usage.cacheRead());
                put(span, GenAiAttributes.USAGE_REASONING_OUTPUT_TOKENS, usage.reasoning());
            }
        }
        boolean cut = !(outcome instanceof Outcome.Completed) && !usage.equals(TokenUsage.UNKNOWN);
        if (cut || call.tokensAreMissing()) {
            span.put(GenAiAttributes.LLM_USAGE_COMPLETE, false);
        }
    }

    private static void own(AttributesBuilder span, Inference call, Outcome outcome) {
        putCost(span, call.cost());
        if (call.attempts() > 0) {
            span.put(GenAiAttributes.LLM_ATTEMPTS, (long) call.attempts());
        }
        span.put(GenAiAttributes.LLM_OUTCOME, outcome.wireName());
    }

    private static void putCost(AttributesBuilder span, @Nullable Cost cost) {
        if (cost != null) {
            span.put(GenAiAttributes.LLM_COST_USD, cost.usd().doubleValue());
            span.put(GenAiAttributes.LLM_COST_SOURCE, cost.priceDate() == null ? "provider" : "price_list");
            if (cost.priceDate() != null) {
                span.put(GenAiAttributes.LLM_COST_PRICE_DATE, cost.priceDate().toString());
            }
        }
    }

    private void content(AttributesBuilder span, @Nullable Content kept) {
        // v1.36 had log events for it, which nothing reads any more.
        if (kept != null && (v141 || v01)) {
            putJson(span, GenAiAttributes.SYSTEM_INSTRUCTIONS, kept.systemInstructionsJson());
            putJson(span, GenAiAttributes.INPUT_MESSAGES, kept.inputJson());
            putJson(span, GenAiAttributes.OUTPUT_MESSAGES, kept.outputJson());
            putJson(span, GenAiAttributes.TOOL_DEFINITIONS, kept.toolsJson());
        }
    }

    private static void putJson(AttributesBuilder span, AttributeKey<String> key, String json) {
        if (json.length() > EMPTY_ARRAY) {
            span.put(key, json);
        }
    }

    private static void put(AttributesBuilder span, AttributeKey<Long> key, @Nullable Integer value) {
        if (value != null) {
            span.put(key, value.longValue());
        }
    }

    private static void put(AttributesBuilder span, AttributeKey<List<String>> key, List<String> values) {
        if (!values.isEmpty()) {
            span.put(key, values);
        }
    }

    private static <T> void put(AttributesBuilder span, AttributeKey<T> key, @Nullable T value) {
        if (value != null) {
            span.put(key, value);
        }
    }
}
