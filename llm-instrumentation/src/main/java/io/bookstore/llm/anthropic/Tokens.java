package io.bookstore.llm.anthropic;

import io.bookstore.llm.cost.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a message as Anthropic counts them: its input leaves the cached tokens out. Null where it said nothing.
 *
 * @param oneHour  the part of {@code cacheWrite} that is kept for an hour
 * @param thinking the part of {@code output} that was thinking
 */
record Tokens(
        @Nullable Long input,
        @Nullable Long output,
        @Nullable Long cacheRead,
        @Nullable Long cacheWrite,
        @Nullable Long oneHour,
        @Nullable Long thinking) {

    static final Tokens UNKNOWN = new Tokens(null, null, null, null, null, null);

    /** The tokens once later ones of the same message are told: those are totals, and leave out what has not changed. */
    Tokens then(Tokens later) {
        return new Tokens(
                latest(later.input, input),
                latest(later.output, output),
                latest(later.cacheRead, cacheRead),
                latest(later.cacheWrite, cacheWrite),
                latest(later.oneHour, oneHour),
                latest(later.thinking, thinking));
    }

    private static @Nullable Long latest(@Nullable Long told, @Nullable Long before) {
        return told == null ? before : told;
    }

    /** These tokens without those of the answer: the start of a stream tells a number that is none yet. */
    Tokens ofStart() {
        return new Tokens(input, null, cacheRead, cacheWrite, oneHour, null);
    }

    TokenUsage usage() {
        TokenUsage inclusive = TokenUsage.anthropic(input, output, cacheRead, cacheWrite);
        return new TokenUsage(
                inclusive.input(), output, inclusive.cacheRead(), inclusive.cacheWrite(), oneHour, thinking);
    }
}
