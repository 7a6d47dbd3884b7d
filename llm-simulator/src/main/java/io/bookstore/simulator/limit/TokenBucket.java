package io.bookstore.simulator.limit;

import java.time.Duration;
import java.time.Instant;

/**
 * A bucket that holds a minute's worth and is refilled continuously:
 * {@code level(t) = min(limit, level(t0) + limit / 60 s * (t - t0))}. Not thread-safe.
 *
 * <p>A level below zero is a debt, taken by output that nobody could foresee.
 */
final class TokenBucket {

    private static final double SECONDS = 60;
    private static final double NANOS_PER_SECOND = 1e9;

    private final long limit;
    private double level;
    private Instant filledUntil;

    /** Full. */
    TokenBucket(long limit, Instant now) {
        this.limit = limit;
        this.level = limit;
        this.filledUntil = now;
    }

    long limit() {
        return limit;
    }

    /** How long until the bucket holds that much, which is not more than its limit. */
    Duration untilItHolds(long amount, Instant now) {
        refill(now);
        double missing = amount - level;
        return missing <= 0
                ? Duration.ZERO
                : Duration.ofNanos((long) Math.ceil(missing / perSecond() * NANOS_PER_SECOND));
    }

    boolean holds(long amount, Instant now) {
        refill(now);
        return level >= amount;
    }

    /** Takes, into debt if it has to; a negative amount gives back. */
    void take(long amount, Instant now) {
        refill(now);
        level = Math.min(limit, level - amount);
    }

    /** Takes what there is of that amount, and never into debt. */
    void takeAtMost(long amount, Instant now) {
        refill(now);
        level = Math.min(level, Math.max(0, level - amount));
    }

    LimitState state(Instant now) {
        refill(now);
        return new LimitState(limit, Math.max(0, (long) Math.floor(level)), untilItHolds(limit, now));
    }

    private void refill(Instant now) {
        // A clock that was set back must not drain the bucket.
        if (now.isAfter(filledUntil)) {
            double seconds = Duration.between(filledUntil, now).toNanos() / NANOS_PER_SECOND;
            level = Math.min(limit, level + seconds * perSecond());
            filledUntil = now;
        }
    }

    private double perSecond() {
        return limit / SECONDS;
    }
}
