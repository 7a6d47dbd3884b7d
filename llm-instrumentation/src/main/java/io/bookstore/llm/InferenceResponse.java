package io.bookstore.llm;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a model answered. Null and empty mean that the provider did not tell.
 *
 * @param id            the provider's id of the answer
 * @param model         the model that answered, which may be more exact than the one asked for
 * @param finishReasons one for each choice, in the convention's words: {@code stop}, {@code length}, {@code tool_call},
 *                      {@code content_filter}
 * @param usage         tokens
 */
public record InferenceResponse(
        @Nullable String id, @Nullable String model, List<String> finishReasons, TokenUsage usage) {

    public InferenceResponse {
        // Null is against the contract, but a defect in reading an answer must not cost the host its call.
        model = InferenceRequest.shortened(model);
        finishReasons = finishReasons == null
                ? List.of()
                : finishReasons.stream().filter(Objects::nonNull).toList();
        usage = usage == null ? TokenUsage.UNKNOWN : usage;
    }

    /** An answer of which only the tokens matter. */
    public static InferenceResponse of(@Nullable String model, TokenUsage usage) {
        return new InferenceResponse(null, model, List.of(), usage);
    }
}
