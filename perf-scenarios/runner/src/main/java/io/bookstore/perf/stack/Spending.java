package io.bookstore.perf.stack;

import org.jspecify.annotations.Nullable;

/**
 * The cost of calls to a provider since the service started, as the service tells it.
 *
 * @param requests calls with a known cost; 0 if the service does not say
 */
public record Spending(long requests, double usd) {

    static Spending of(String metrics) {
        MetricsPage page = new MetricsPage(metrics);
        return new Spending(
                Math.round(orZero(page.sum(RequestCounter.CALLS))), orZero(page.sum(RequestCounter.COST_USD)));
    }

    private static double orZero(@Nullable Double value) {
        return value == null ? 0 : value;
    }
}
