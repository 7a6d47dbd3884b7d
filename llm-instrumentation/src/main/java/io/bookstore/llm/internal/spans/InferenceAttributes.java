package io.bookstore.llm.internal.spans;

import io.bookstore.llm.content.Content;
import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.cost.Cost;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.internal.call.CallSnapshot;
import io.bookstore.llm.internal.call.CallStart;
import io.bookstore.llm.internal.call.Failures;
import io.bookstore.llm.internal.call.Outcome;
import io.bookstore.llm.internal.conventions.Generation;
import io.bookstore.llm.internal.conventions.IfKnown;
import io.bookstore.llm.internal.profiles.ProfileTags;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.bookstore.llm.operation.RequestParameters;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The attributes of a call, on its span and on the event that tells the same. Unknown is absent. */
public final class InferenceAttributes {

    private final Failures failures;
    private final List<Generation> generations;
    private final Function<InferenceRequest, Attributes> extra;
    private final List<ProfileTags> profiles;
    private final @Nullable ContentPolicy policy;

    public InferenceAttributes(
            Failures failures,
            List<Generation> generations,
            Function<InferenceRequest, Attributes> extra,
            List<ProfileTags> profiles,
            @Nullable ContentPolicy policy) {
        this.failures = failures;
        this.generations = generations;
        this.extra = extra;
        this.profiles = profiles;
        this.policy = policy;
    }

    boolean capturesContent() {
        return policy != null;
    }

    static String spanName(InferenceRequest request) {
        return request.model() == null ? request.operation() : request.operation() + " " + request.model();
    }

    void putStart(AttributesBuilder span, CallStart call) {
        InferenceRequest request = call.request();
        span.put(GenAiAttributes.OPERATION_NAME, request.operation());
        IfKnown.put(span, GenAiAttributes.REQUEST_MODEL, request.model());
        IfKnown.put(span, GenAiAttributes.SERVER_ADDRESS, request.serverAddress());
        if (request.serverAddress() != null) {
            IfKnown.putLong(span, GenAiAttributes.SERVER_PORT, request.serverPort());
        }
        if (call.embeddings()) {
            IfKnown.putAll(
                    span,
                    GenAiAttributes.REQUEST_ENCODING_FORMATS,
                    request.parameters().encodingFormats());
        } else {
            putParameters(span, request.parameters());
        }
        for (Generation generation : generations) {
            generation.putStart(span, call);
        }
        if (request.batch()) {
            span.put(GenAiAttributes.LLM_REQUEST_BATCH, true);
        }
        ContextTags.put(span, call.callContext(), !call.embeddings());
        for (ProfileTags tags : profiles) {
            tags.putStart(span, call);
        }
        span.putAll(request.attributes());
        try {
            span.putAll(extra.apply(request));
        } catch (Throwable e) {
            failures.note("extract_attributes", e);
        }
    }

    private static void putParameters(AttributesBuilder span, RequestParameters parameters) {
        IfKnown.putLong(span, GenAiAttributes.REQUEST_MAX_TOKENS, parameters.maxTokens());
        IfKnown.put(span, GenAiAttributes.REQUEST_TEMPERATURE, parameters.temperature());
        IfKnown.put(span, GenAiAttributes.REQUEST_TOP_P, parameters.topP());
        IfKnown.put(span, GenAiAttributes.REQUEST_FREQUENCY_PENALTY, parameters.frequencyPenalty());
        IfKnown.put(span, GenAiAttributes.REQUEST_PRESENCE_PENALTY, parameters.presencePenalty());
        IfKnown.put(span, GenAiAttributes.REQUEST_SEED, parameters.seed());
        if (parameters.choiceCount() != null && parameters.choiceCount() != 1) {
            IfKnown.putLong(span, GenAiAttributes.REQUEST_CHOICE_COUNT, parameters.choiceCount());
        }
        IfKnown.putAll(span, GenAiAttributes.REQUEST_STOP_SEQUENCES, parameters.stopSequences());
        IfKnown.put(span, GenAiAttributes.OUTPUT_TYPE, parameters.outputType());
    }

    void putEnd(AttributesBuilder span, CallSnapshot call) {
        failures.guard("end_span", () -> {
            putOutcome(span, call);
            for (Generation generation : generations) {
                generation.putEnd(span, call);
            }
            putUsage(span, call);
            putCost(span, call.cost());
            for (ProfileTags tags : profiles) {
                tags.putEnd(span, call);
            }
        });
        if (policy != null && !call.content().equals(Content.NONE)) {
            failures.guard("capture_content", () -> putContent(span, policy.apply(call.content())));
        }
    }

    private static void putOutcome(AttributesBuilder span, CallSnapshot call) {
        InferenceResponse response = call.outcome().response();
        if (response != null) {
            IfKnown.put(span, GenAiAttributes.RESPONSE_MODEL, response.model());
            if (!call.start().embeddings()) {
                IfKnown.put(span, GenAiAttributes.RESPONSE_ID, response.id());
                IfKnown.putAll(span, GenAiAttributes.RESPONSE_FINISH_REASONS, response.finishReasons());
            }
            span.putAll(response.attributes());
        } else if (call.outcome() instanceof Outcome.Failed failed) {
            span.put(GenAiAttributes.ERROR_TYPE, failed.errorType());
        }
        if (call.attempts() > 0) {
            span.put(GenAiAttributes.LLM_ATTEMPTS, (long) call.attempts());
        }
        span.put(GenAiAttributes.LLM_OUTCOME, call.outcome().wireName());
    }

    private static void putUsage(AttributesBuilder span, CallSnapshot call) {
        TokenUsage usage = call.usage();
        IfKnown.put(span, GenAiAttributes.USAGE_INPUT_TOKENS, usage.input());
        if (!call.start().embeddings()) {
            IfKnown.put(span, GenAiAttributes.USAGE_OUTPUT_TOKENS, usage.output());
        }
        boolean cut = call.outcome().response() == null && !usage.equals(TokenUsage.UNKNOWN);
        if (cut || call.tokensAreMissing()) {
            span.put(GenAiAttributes.LLM_USAGE_COMPLETE, false);
        }
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

    private void putContent(AttributesBuilder span, @Nullable Content kept) {
        if (kept != null) {
            for (Generation generation : generations) {
                generation.putContent(span, kept);
            }
        }
    }
}
