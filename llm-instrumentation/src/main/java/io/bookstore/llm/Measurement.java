package io.bookstore.llm;

import io.bookstore.llm.cost.Cost;
import org.jspecify.annotations.Nullable;

/**
 * What a call amounted to once it had ended.
 *
 * @param request              what was asked
 * @param responseModel        null if the provider did not tell or did not answer
 * @param outcome              how it ended
 * @param seconds              from start to end
 * @param timeToFirstChunk     seconds; null if nothing was streamed
 * @param secondsPerChunk      gaps between the chunks after the first; not to be changed
 * @param usage                tokens
 * @param cost                 null if there is none to tell
 */
public record Measurement(
        InferenceRequest request,
        @Nullable String responseModel,
        Outcome outcome,
        double seconds,
        @Nullable Double timeToFirstChunk,
        double[] secondsPerChunk,
        TokenUsage usage,
        @Nullable Cost cost) {

    /** Value of {@code error.type}; null for a call that completed. */
    public @Nullable String errorType() {
        return outcome.errorType();
    }
}
