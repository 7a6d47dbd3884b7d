package io.bookstore.perf.results;

import org.jspecify.annotations.Nullable;

/**
 * The part of the samples that tells of the measurement itself.
 *
 * @param told        tokens and cost that the answers told
 * @param concurrency virtual users and iterations; null if no iteration came to its end
 */
public record Evidence(UsageTotals told, @Nullable Concurrency concurrency) {

    /** The evidence of a run that told nothing of its measurement. */
    public static final Evidence NONE = new Evidence(UsageTotals.UNKNOWN, null);

    /**
     * The two sides of Little's law for the default functions of a run, setup and teardown excluded.
     *
     * @param seconds        time from the start of the first iteration to the end of the last one
     * @param meanVus        virtual users at work, on average over that time
     * @param mostVus        virtual users that were prepared, the most that can be at work at once
     * @param iterations     iterations that came to their end
     * @param busySeconds    sum of their durations
     * @param longestSeconds the longest of them
     */
    public record Concurrency(
            double seconds,
            double meanVus,
            double mostVus,
            long iterations,
            double busySeconds,
            double longestSeconds) {}
}
