package io.bookstore.perf.results;

import org.jspecify.annotations.Nullable;

/**
 * The part of the samples that tells of the measurement itself.
 *
 * @param told        tokens and cost that the answers told
 * @param concurrency virtual users and iterations; null if no iteration came to its end
 * @param inputs      the inputs of the answers of a model; null if the script told none
 */
public record Evidence(
        UsageTotals told,
        @Nullable Concurrency concurrency,
        @Nullable Inputs inputs) {

    /** The evidence of a run that told nothing of its measurement. */
    public static final Evidence NONE = new Evidence(UsageTotals.UNKNOWN, null, null);

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

    /**
     * Answers with a good status, apart by whether their input was new in the run. Inputs are told apart by a hash of 24 bits:
     * among 300,000 distinct ones 1 % seem repeated.
     *
     * @param answers  all of them
     * @param repeats  those whose input an earlier one had
     * @param firstMs  median time of the others
     * @param repeatMs median time of the repeats; 0 if there is none
     */
    public record Inputs(long answers, long repeats, double firstMs, double repeatMs) {}
}
