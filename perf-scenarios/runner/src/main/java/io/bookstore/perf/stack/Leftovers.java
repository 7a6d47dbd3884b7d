package io.bookstore.perf.stack;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The traces of a run in the BookStore API that the run after it would meet, read from the service's metrics. */
final class Leftovers {

    private static final String ATTEMPTS = "llm_attempts_total";
    private static final String BUDGET_USD = "llm_budget_remaining_usd";
    private static final String CACHE = "llm_cache_requests_total";

    private Leftovers() {}

    /**
     * Returns what is left, in the words of a sentence; empty if a run that begins now meets the service as after its start.
     *
     * @param start the metrics after the start
     */
    static Optional<String> of(MetricsPage start, MetricsPage now) {
        if (failedAttempts(now) > 0) {
            // They are in the window of the circuit breaker, were paid from the budget of retries, and some are kept in
            // the cache.
            return Optional.of("attempts at the provider failed");
        }
        if (below(start.sum(BUDGET_USD), now.sum(BUDGET_USD))) {
            return Optional.of("the budget of the day is less than it was");
        }
        return orZero(now.sum(CACHE, "result", "hit")) > 0
                ? Optional.of("answers came from the cache of summaries")
                : Optional.empty();
    }

    /** An attempt that its client cancelled says nothing about the provider. */
    private static double failedAttempts(MetricsPage now) {
        return orZero(now.sum(ATTEMPTS, "outcome", "failure")) - orZero(now.sum(ATTEMPTS, "error_type", "cancelled"));
    }

    private static boolean below(@Nullable Double before, @Nullable Double after) {
        return before != null && after != null && after < before;
    }

    private static double orZero(@Nullable Double value) {
        return value == null ? 0 : value;
    }
}
