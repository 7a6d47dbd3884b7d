package io.bookstore.simulator.limit;

import java.time.Duration;

/**
 * The state of one bucket, as a provider tells it.
 *
 * @param remaining whole units left, never negative
 * @param untilFull until nothing is missing
 */
public record LimitState(long limit, long remaining, Duration untilFull) {

    /** Two buckets told as one. */
    LimitState plus(LimitState other) {
        return new LimitState(
                limit + other.limit,
                remaining + other.remaining,
                untilFull.compareTo(other.untilFull) > 0 ? untilFull : other.untilFull);
    }
}
