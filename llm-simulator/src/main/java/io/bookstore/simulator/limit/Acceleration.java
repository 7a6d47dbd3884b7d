package io.bookstore.simulator.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A limit on how fast the rate of requests may rise, whatever the rate itself: Anthropic refuses steep rises ("acceleration
 * limits") and does not publish how it measures them, so the model is an assumption. Not thread-safe.
 *
 * <pre>
 * used(t)    = the requests let in, each forgotten exponentially within a minute: at a steady rate, requests per minute
 * allowed(t) = used(t) + limit, in requests per minute
 * level(t)   = a bucket of ten seconds' worth of allowed(t), at least one request, filled at allowed(t)
 * </pre>
 *
 * A client that uses all that is allowed sees it rise by the limit every minute; one that pauses starts over.
 */
final class Acceleration {

    private static final double MINUTE_SECONDS = 60;
    private static final double BURST_SECONDS = 10; // assumption
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final int BISECTIONS = 50;

    // Time that is added up in two steps or in one differs in the last digits; a client that waited as told must not be
    // refused for them.
    private static final double ONE = 1 - 1e-9;

    private final double limit;
    private double used;
    private double level;
    private Instant until;

    /** A full bucket, and nothing used yet. */
    Acceleration(long limit, Instant now) {
        this.limit = limit;
        this.level = capacity(0);
        this.until = now;
    }

    boolean holdsOne(Instant now) {
        advance(now);
        return level >= ONE;
    }

    void take(Instant now) {
        advance(now);
        level--;
        used++;
    }

    /** The time until one more request would be let in if no other came. */
    Duration untilItHoldsOne(Instant now) {
        advance(now);
        if (level >= ONE) {
            return Duration.ZERO;
        }
        double tooSoon = 0;
        double enough = (1 - level) * MINUTE_SECONDS / limit;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (tooSoon + enough) / 2;
            if (level + filled(middle) >= 1) {
                enough = middle;
            } else {
                tooSoon = middle;
            }
        }
        return Duration.of((long) Math.ceil(enough * MICROS_PER_SECOND), ChronoUnit.MICROS);
    }

    private void advance(Instant now) {
        if (now.isBefore(until.minus(TokenBucket.SET_BACK))) {
            until = now;
        }
        if (!now.isAfter(until)) {
            return;
        }
        double seconds = Duration.between(until, now).toNanos() / NANOS_PER_SECOND;
        level += filled(seconds);
        used *= Math.exp(-seconds / MINUTE_SECONDS);
        level = Math.min(level, capacity(used));
        until = now;
    }

    /** The integral of allowed(t) over that time, in requests. */
    private double filled(double seconds) {
        return used * -Math.expm1(-seconds / MINUTE_SECONDS) + limit * seconds / MINUTE_SECONDS;
    }

    private double capacity(double usedNow) {
        return Math.max(1, (usedNow + limit) * BURST_SECONDS / MINUTE_SECONDS);
    }
}
