package io.bookstore.llm.operation;

import io.bookstore.llm.cost.TokenUsage;
import io.opentelemetry.api.common.Attributes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a model. Null and empty mean that the provider did not tell.
 *
 * @param id              the provider's id of the answer
 * @param model           the model that answered, which may be more exact than the one asked for
 * @param finishReasons   one for each choice, in the convention's words: {@code stop}, {@code length}, {@code tool_call},
 *                        {@code content_filter}
 * @param usage           tokens
 * @param reportedCostUsd US dollars, if the provider itself said what the call cost
 * @param attributes      more attributes for the span, such as a provider's own
 */
public record InferenceResponse(
        @Nullable String id,
        @Nullable String model,
        List<String> finishReasons,
        TokenUsage usage,
        @Nullable BigDecimal reportedCostUsd,
        Attributes attributes) {

    public InferenceResponse {
        // Null is against the contract, but a defect in reading an answer must not cost the host its call.
        model = InferenceRequest.shortened(model);
        finishReasons = sound(finishReasons);
        usage = usage == null ? TokenUsage.UNKNOWN : usage;
        attributes = attributes == null ? Attributes.empty() : attributes;
    }

    /** An answer without anything special to its provider. */
    public InferenceResponse(
            @Nullable String id, @Nullable String model, List<String> finishReasons, TokenUsage usage) {
        this(id, model, finishReasons, usage, null, Attributes.empty());
    }

    /** An answer of which only the tokens matter. */
    public static InferenceResponse of(@Nullable String model, TokenUsage usage) {
        return new InferenceResponse(null, model, List.of(), usage);
    }

    /** This answer with what the provider said that it cost, in US dollars. */
    public InferenceResponse withReportedCost(@Nullable BigDecimal usd) {
        return new InferenceResponse(id, model, finishReasons, usage, usd, attributes);
    }

    private static List<String> sound(@Nullable List<String> reasons) {
        if (reasons == null || reasons.isEmpty()) {
            return List.of();
        }
        for (String reason : reasons) {
            if (reason == null) {
                return reasons.stream().filter(Objects::nonNull).toList();
            }
        }
        return List.copyOf(reasons);
    }
}
