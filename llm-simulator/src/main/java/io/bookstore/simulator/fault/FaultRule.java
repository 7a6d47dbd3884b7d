package io.bookstore.simulator.fault;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A line of a fault plan.
 *
 * @param probability of a request in the window, above 0 and up to 1
 * @param from        since the plan was made
 * @param until       since the plan was made; null for ever
 */
public record FaultRule(
        Fault fault,
        double probability,
        Duration from,
        @Nullable Duration until) {

    public FaultRule {
        // Written so that NaN is refused too.
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be above 0 and at most 1, was " + probability);
        }
        if (from.isNegative()) {
            throw new IllegalArgumentException("from must not be negative, was " + from.toSeconds() + " s");
        }
        if (until != null && until.compareTo(from) <= 0) {
            throw new IllegalArgumentException(
                    "until must be after from (" + from.toSeconds() + " s), was " + until.toSeconds() + " s");
        }
    }

    /**
     * A rule that strikes every request from now on.
     *
     * @param fault as {@link Fault#parse} reads it, such as {@code 429:5}
     * @throws IllegalArgumentException if there is no such fault; the message lists those there are
     */
    public static FaultRule always(String fault) {
        return new FaultRule(Fault.parse(fault), 1, Duration.ZERO, null);
    }

    boolean covers(Duration elapsed) {
        return elapsed.compareTo(from) >= 0 && (until == null || elapsed.compareTo(until) < 0);
    }
}
