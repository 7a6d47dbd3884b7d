package io.bookstore.simulator.wire;

import io.bookstore.simulator.cache.Cacheable;
import org.jspecify.annotations.Nullable;

/**
 * A checked request for an answer.
 *
 * @param prompt      all of its text, for the writer of the answer
 * @param inputTokens billed for it
 * @param maxTokens   null if the request sets no limit
 * @param cacheable   the beginnings of the prompt that the provider may keep
 * @param format      of the answer
 * @param rules       for what is in the answer
 */
public record GenerationRequest(
        String model,
        String prompt,
        int inputTokens,
        @Nullable Integer maxTokens,
        boolean streaming,
        Cacheable cacheable,
        AnswerFormat format,
        AnswerRules rules) {

    /** A request for prose. */
    public GenerationRequest(
            String model,
            String prompt,
            int inputTokens,
            @Nullable Integer maxTokens,
            boolean streaming,
            Cacheable cacheable,
            AnswerFormat format) {
        this(model, prompt, inputTokens, maxTokens, streaming, cacheable, format, AnswerRules.NONE);
    }

    /** The same request to a model of that name, answered in another form. */
    public GenerationRequest answeredAs(String name, AnswerFormat other) {
        return new GenerationRequest(name, prompt, inputTokens, maxTokens, streaming, cacheable, other, rules);
    }

    /** The same request billed for so many tokens, none of which a cache knows. */
    public GenerationRequest billedAs(int tokens) {
        return new GenerationRequest(model, prompt, tokens, maxTokens, streaming, Cacheable.NOTHING, format, rules);
    }

    /** The same request with that many tokens at most. */
    public GenerationRequest limitedTo(int tokens) {
        return new GenerationRequest(model, prompt, inputTokens, tokens, streaming, cacheable, format, rules);
    }

    /** The output tokens that all of its answers allow themselves; null if it sets no limit. */
    public @Nullable Integer maxTokensOfAll() {
        return maxTokens == null
                ? null
                : Integer.valueOf((int) Math.min(Integer.MAX_VALUE, (long) maxTokens * rules.choices()));
    }

    /** A request whose answer has no text. */
    public static GenerationRequest ofDocument(String model, String prompt, int inputTokens, DocumentFormat format) {
        return new GenerationRequest(model, prompt, inputTokens, 0, false, Cacheable.NOTHING, format);
    }
}
