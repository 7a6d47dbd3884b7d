package io.bookstore.api.llm.resilience;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The number of attempts, and the waits between them.
 *
 * <p>The wait doubles with each attempt and is drawn from its upper half, so that callers who failed together do not
 * return together. A provider that says when to come back is never asked earlier.
 *
 * @param maxAttempts the first one included, 1 to 10
 * @param firstDelay the longest wait before the second attempt
 * @param maxDelay the longest wait the policy itself chooses
 */
public record RetryPolicy(int maxAttempts, Duration firstDelay, Duration maxDelay) {

    // A provider's wait is honoured exactly; a little more spreads those who were told the same.
    private static final double SPREAD_OF_RETRY_AFTER = 0.1;

    /** Returns whether a further attempt is allowed after that many. */
    public boolean allowsAnother(int attemptsMade) {
        return attemptsMade < maxAttempts;
    }

    /**
     * The wait before the next attempt.
     *
     * @param attemptsMade at least 1
     * @param retryAfter the wait that the provider asked for; null if it asked for none
     */
    public Duration delay(int attemptsMade, @Nullable Duration retryAfter, RandomGenerator random) {
        double limit =
                Math.min((double) maxDelay.toNanos(), (double) firstDelay.toNanos() * Math.pow(2, attemptsMade - 1));
        Duration own = Duration.ofNanos((long) (limit * (0.5 + random.nextDouble() / 2)));
        if (retryAfter == null || retryAfter.compareTo(own) < 0) {
            return own;
        }
        return retryAfter.plus(
                Duration.ofNanos((long) (retryAfter.toNanos() * SPREAD_OF_RETRY_AFTER * random.nextDouble())));
    }
}
