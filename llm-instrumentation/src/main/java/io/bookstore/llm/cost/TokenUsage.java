package io.bookstore.llm.cost;

import org.jspecify.annotations.Nullable;

/**
 * The tokens of a call as the provider counted them, with inclusive totals. Null where the provider said nothing, which
 * is not 0.
 *
 * <p>A count that cannot be true (negative, beyond a million millions, or a part greater than its total) is taken for not sent.
 *
 * @param input      all input tokens, those read from or written to a prompt cache included
 * @param output     all output tokens, reasoning included
 * @param cacheRead  the part of {@code input} that came from a prompt cache
 * @param cacheWrite the part of {@code input} that was written to a prompt cache
 * @param cacheWriteOneHour the part of {@code cacheWrite} that is kept for an hour, which costs more
 * @param reasoning  the part of {@code output} that was reasoning
 */
public record TokenUsage(
        @Nullable Long input,
        @Nullable Long output,
        @Nullable Long cacheRead,
        @Nullable Long cacheWrite,
        @Nullable Long cacheWriteOneHour,
        @Nullable Long reasoning) {

    // Beyond it a sum of some calls would overflow; no model reads or writes so much.
    private static final long MOST = 1_000_000_000_000L;

    /** The usage where nothing is known. */
    public static final TokenUsage UNKNOWN = new TokenUsage(null, null, null, null, null, null);

    public TokenUsage {
        input = sound(input);
        output = sound(output);
        cacheRead = sound(cacheRead);
        cacheWrite = sound(cacheWrite);
        cacheWriteOneHour = sound(cacheWriteOneHour);
        reasoning = sound(reasoning);
        cacheRead = within(input, cacheRead, 0);
        cacheWrite = within(input, cacheWrite, cacheRead == null ? 0 : cacheRead);
        cacheWriteOneHour = cacheWrite == null ? null : within(cacheWrite, cacheWriteOneHour, 0);
        reasoning = within(output, reasoning, 0);
    }

    /** Counts of a provider that knows one lifetime of cached prompts. */
    public TokenUsage(
            @Nullable Long input,
            @Nullable Long output,
            @Nullable Long cacheRead,
            @Nullable Long cacheWrite,
            @Nullable Long reasoning) {
        this(input, output, cacheRead, cacheWrite, null, reasoning);
    }

    /** Totals without subsets, as OpenAI and Ollama mean them. */
    public static TokenUsage of(@Nullable Long input, @Nullable Long output) {
        return new TokenUsage(input, output, null, null, null);
    }

    /** Counts as Anthropic and Bedrock send them: their {@code input_tokens} leaves the cached ones out. */
    public static TokenUsage anthropic(
            @Nullable Long input, @Nullable Long output, @Nullable Long cacheRead, @Nullable Long cacheWrite) {
        Long total = input == null || input < 0 ? null : Long.valueOf(input + orZero(cacheRead) + orZero(cacheWrite));
        return new TokenUsage(total, output, cacheRead, cacheWrite, null);
    }

    /** These counts, of whose cached input so much is kept for an hour. */
    public TokenUsage withCacheWriteOneHour(@Nullable Long tokens) {
        return new TokenUsage(input, output, cacheRead, cacheWrite, tokens, reasoning);
    }

    /** Counts as Gemini sends them: its candidates leave the thoughts out. */
    public static TokenUsage gemini(
            @Nullable Long prompt, @Nullable Long candidates, @Nullable Long cached, @Nullable Long thoughts) {
        Long total = candidates == null || candidates < 0 ? null : Long.valueOf(candidates + orZero(thoughts));
        return new TokenUsage(prompt, total, cached, null, thoughts);
    }

    private static long orZero(@Nullable Long count) {
        return count == null || count < 0 ? 0 : count;
    }

    private static @Nullable Long within(@Nullable Long total, @Nullable Long part, long otherParts) {
        return part != null && total != null && part > total - otherParts ? null : part;
    }

    private static @Nullable Long sound(@Nullable Long count) {
        return count == null || count < 0 || count > MOST ? null : count;
    }
}
