package io.bookstore.llm.cost;

import io.bookstore.llm.TokenUsage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of the price list: US dollars per million tokens.
 *
 * @param provider         the convention's provider name
 * @param model            a model id; a {@code *} at its end stands for any rest
 * @param input            uncached input tokens
 * @param output           output tokens, reasoning included
 * @param cacheRead        input tokens from a prompt cache; null: as {@code input}
 * @param cacheWrite       input tokens written to a prompt cache; null: as {@code input}
 * @param fromPromptTokens the row holds for requests with at least so many input tokens, for all of their tokens
 * @param checked          when somebody looked
 */
public record Price(
        String provider,
        String model,
        BigDecimal input,
        BigDecimal output,
        @Nullable BigDecimal cacheRead,
        @Nullable BigDecimal cacheWrite,
        long fromPromptTokens,
        LocalDate checked) {

    private static final int MILLION_DIGITS = 6;

    public Price {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(checked, "checked");
        requireNotNegative("input", input);
        requireNotNegative("output", output);
    }

    boolean isFor(String askedProvider, String askedModel) {
        return provider.equals(askedProvider)
                && (model.endsWith("*")
                        ? askedModel.startsWith(model.substring(0, model.length() - 1))
                        : model.equals(askedModel));
    }

    /** Exact; the caller has made sure that both totals are known. */
    BigDecimal of(long inputTokens, long outputTokens, TokenUsage usage) {
        long read = usage.cacheRead() == null ? 0 : Math.min(usage.cacheRead(), inputTokens);
        long written = usage.cacheWrite() == null ? 0 : Math.min(usage.cacheWrite(), inputTokens - read);
        BigDecimal perMillion = times(input, inputTokens - read - written)
                .add(times(cacheRead == null ? input : cacheRead, read))
                .add(times(cacheWrite == null ? input : cacheWrite, written))
                .add(times(output, outputTokens));
        return perMillion.movePointLeft(MILLION_DIGITS);
    }

    private static BigDecimal times(BigDecimal price, long tokens) {
        return price.multiply(BigDecimal.valueOf(tokens));
    }

    private static void requireNotNegative(String name, BigDecimal price) {
        if (price.signum() < 0) {
            throw new IllegalArgumentException(name + " must be >= 0 dollars per million tokens, was " + price);
        }
    }
}
