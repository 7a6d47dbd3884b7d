package io.bookstore.simulator.fault;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One line of a fault plan.
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

    boolean covers(Duration elapsed) {
        return elapsed.compareTo(from) >= 0 && (until == null || elapsed.compareTo(until) < 0);
    }
}
