package io.bookstore.simulator.wire;

import io.bookstore.simulator.cache.Cacheable;
import org.jspecify.annotations.Nullable;

/**
 * A checked request for an answer.
 *
 * @param prompt      all of its text, for the writer of the answer
 * @param inputTokens what the provider will bill for it
 * @param maxTokens   null if the request sets no limit
 * @param cacheable   what of the prompt the provider may keep
 * @param format      how this request wants to be answered
 */
public record GenerationRequest(
        String model,
        String prompt,
        int inputTokens,
        @Nullable Integer maxTokens,
        boolean streaming,
        Cacheable cacheable,
        AnswerFormat format) {

    /** A request whose answer has no text. */
    public static GenerationRequest ofDocument(String model, String prompt, int inputTokens, DocumentFormat format) {
        return new GenerationRequest(model, prompt, inputTokens, 0, false, Cacheable.NOTHING, format);
    }
}
