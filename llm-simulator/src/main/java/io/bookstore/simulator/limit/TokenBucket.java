package io.bookstore.simulator.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A bucket that holds a minute's worth and is refilled continuously:
 * {@code level(t) = min(limit, level(t0) + limit / 60 s * (t - t0))}. Not thread-safe.
 *
 * <p>A level below zero is a debt, taken by output that could not be foreseen.
 *
 * <p>Counted in whole numbers: with fractions, a client that waited as told was now and then refused for the last of them.
 */
final class TokenBucket {

    /** The largest limit whose content still fits a long. */
    static final long MOST = 100_000_000_000L;

    /** Less is two requests that overtook one another. */
    static final Duration SET_BACK = Duration.ofSeconds(1);

    /** The parts of one unit; each microsecond brings {@code limit} parts. */
    private static final long PARTS = 60_000_000;

    private final long limit;
    private final long capacity;
    private long level;
    private Instant filledUntil;

    /** Full. */
    TokenBucket(long limit, Instant now) {
        this.limit = limit;
        this.capacity = limit * PARTS;
        this.level = capacity;
        this.filledUntil = now;
    }

    long limit() {
        return limit;
    }

    /** The time until the bucket holds that much, which is not more than its limit; in whole microseconds. */
    Duration untilItHolds(long amount, Instant now) {
        refill(now);
        return Duration.of(microsToBring(amount * PARTS - level), ChronoUnit.MICROS);
    }

    boolean holds(long amount, Instant now) {
        refill(now);
        return level >= amount * PARTS;
    }

    /** Takes, into debt if it has to; a negative amount gives back. */
    void take(long amount, Instant now) {
        refill(now);
        level = Math.min(capacity, level - amount * PARTS);
    }

    /** Takes what there is of that amount, and never into debt. */
    void takeAtMost(long amount, Instant now) {
        refill(now);
        level = Math.min(level, Math.max(0, level - amount * PARTS));
    }

    LimitState state(Instant now) {
        refill(now);
        return new LimitState(limit, Math.max(0, Math.floorDiv(level, PARTS)), untilItHolds(limit, now));
    }

    private void refill(Instant now) {
        if (now.isBefore(filledUntil.minus(SET_BACK))) {
            // Nothing is drained, and no request waits until the clock is where it was.
            filledUntil = now;
        }
        if (now.isAfter(filledUntil)) {
            long micros = ChronoUnit.MICROS.between(filledUntil, now);
            level = micros < microsToBring(capacity - level) ? level + micros * limit : capacity;
            filledUntil = filledUntil.plus(micros, ChronoUnit.MICROS);
        }
    }

    /** Rounded up. */
    private long microsToBring(long parts) {
        return parts <= 0 ? 0 : (parts - 1) / limit + 1;
    }
}
