package io.bookstore.llm.cost;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * US dollars per million tokens of each kind.
 *
 * @param input             uncached input tokens
 * @param output            output tokens, reasoning included
 * @param cacheRead         input tokens from a prompt cache; null: as {@code input}
 * @param cacheWrite        input tokens written to a prompt cache for its usual lifetime; null: as {@code input}
 * @param cacheWriteOneHour input tokens written to a prompt cache for an hour; null: as {@code cacheWrite}
 */
public record Rates(
        BigDecimal input,
        BigDecimal output,
        @Nullable BigDecimal cacheRead,
        @Nullable BigDecimal cacheWrite,
        @Nullable BigDecimal cacheWriteOneHour) {

    private static final int MILLION_DIGITS = 6;

    public Rates {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(output, "output");
        requireNotNegative("input", input);
        requireNotNegative("output", output);
        requireNotNegative("cache read", cacheRead);
        requireNotNegative("cache write", cacheWrite);
        requireNotNegative("cache write 1h", cacheWriteOneHour);
    }

    /** Prices without a prompt cache. */
    public static Rates of(BigDecimal input, BigDecimal output) {
        return new Rates(input, output, null, null, null);
    }

    /** Exact; the caller has made sure that both totals are known. */
    BigDecimal of(long inputTokens, long outputTokens, TokenUsage usage) {
        long read = orZero(usage.cacheRead());
        long written = orZero(usage.cacheWrite());
        long forAnHour = orZero(usage.cacheWriteOneHour());
        BigDecimal usualWrite = cacheWrite == null ? input : cacheWrite;
        BigDecimal perMillion = times(input, inputTokens - read - written)
                .add(times(cacheRead == null ? input : cacheRead, read))
                .add(times(usualWrite, written - forAnHour))
                .add(times(cacheWriteOneHour == null ? usualWrite : cacheWriteOneHour, forAnHour))
                .add(times(output, outputTokens));
        return perMillion.movePointLeft(MILLION_DIGITS);
    }

    private static long orZero(@Nullable Long tokens) {
        return tokens == null ? 0 : tokens;
    }

    private static BigDecimal times(BigDecimal price, long tokens) {
        return tokens == 0 ? BigDecimal.ZERO : price.multiply(BigDecimal.valueOf(tokens));
    }

    private static void requireNotNegative(String name, @Nullable BigDecimal price) {
        if (price != null && price.signum() < 0) {
            throw new IllegalArgumentException(name + " must be >= 0 dollars per million tokens, was " + price);
        }
    }
}
