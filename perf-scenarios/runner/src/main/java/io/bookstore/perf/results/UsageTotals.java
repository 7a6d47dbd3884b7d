package io.bookstore.perf.results;

import org.jspecify.annotations.Nullable;

/**
 * Tokens and money of calls to a model, as one party adds them up; null where it tells nothing.
 *
 * @param input  input tokens
 * @param output output tokens
 * @param usd    cost in US dollars
 */
public record UsageTotals(
        @Nullable Total input,
        @Nullable Total output,
        @Nullable Total usd) {

    /** The usage where nothing is known. */
    public static final UsageTotals UNKNOWN = new UsageTotals(null, null, null);

    /**
     * A sum and the number of its parts.
     *
     * @param calls  answers that told their amount, or calls that have one
     * @param cached the part of {@code amount} that a provider may leave out of what it tells: input tokens that its prompt
     *               cache read or kept
     */
    public record Total(long calls, double amount, double cached) {

        /** A total without cached tokens. */
        public Total(long calls, double amount) {
            this(calls, amount, 0);
        }
    }
}
