package io.bookstore.simulator.limit;

import io.bookstore.simulator.limit.Admission.Admitted;
import io.bookstore.simulator.limit.Admission.Lack;
import io.bookstore.simulator.limit.Admission.Limited;
import io.bookstore.simulator.limit.Limits.OutputCounting;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A set of buckets. Thread-safe. */
public final class Limiter {

    // What OpenAI and Anthropic reserve for a request that sets no limit is not published.
    private static final long DEFAULT_RESERVE = 4_096; // assumption

    private final OutputCounting counting;
    private final @Nullable TokenBucket requests;
    private final @Nullable TokenBucket inputTokens;
    private final @Nullable TokenBucket outputTokens;
    private final @Nullable Acceleration acceleration;
    private final boolean countsRefused;

    /** @param countsRefused whether a refused request counts as a request */
    public Limiter(Limits limits, boolean countsRefused, Instant now) {
        this.countsRefused = countsRefused;
        this.counting = limits.counting();
        this.requests = bucket(limits.requestsPerMinute(), now);
        this.inputTokens = bucket(limits.inputTokensPerMinute(), now);
        this.outputTokens = bucket(limits.outputTokensPerMinute(), now);
        Long rise = limits.accelerationPerMinute();
        this.acceleration = rise == null ? null : new Acceleration(rise, now);
    }

    /**
     * Lets a request in, or says when to come back.
     *
     * @param maxOutput tokens that the request allows itself, 0 if it writes nothing; null if it sets no limit
     * @param output    tokens of the answer
     */
    public synchronized Admission admit(long input, @Nullable Integer maxOutput, long output, Instant now) {
        long reserved = maxOutput == null ? defaultReserve() : maxOutput;
        // Under ACTUAL a request is let in while the bucket is not in debt; what it writes is only known afterwards.
        long wanted = counting == OutputCounting.RESERVE ? reserved : Math.min(1, reserved);
        if (exceeds(inputTokens, input) || exceeds(outputTokens, wanted)) {
            countRefused(now);
            return new Limited(report(now), Lack.SIZE, null);
        }
        Lack lack = lack(input, wanted, now);
        if (lack != null) {
            countRefused(now);
            Duration wait = max(
                    acceleration == null ? Duration.ZERO : acceleration.untilItHoldsOne(now),
                    max(wait(requests, 1, now), max(wait(inputTokens, input, now), wait(outputTokens, wanted, now))));
            return new Limited(report(now), lack, wait);
        }
        long taken = counting == OutputCounting.RESERVE ? reserved : output;
        if (acceleration != null) {
            acceleration.take(now);
        }
        take(requests, 1, now);
        take(inputTokens, input, now);
        take(outputTokens, taken, now);
        return new Admitted(report(now), taken);
    }

    /**
     * Counts a request that was refused, for whatever reason, where the provider does. It empties the bucket of requests at
     * most: a client that resends all the time is never let in, and one that then waits as told is.
     */
    public synchronized void countRefused(Instant now) {
        if (countsRefused && requests != null) {
            requests.takeAtMost(1, now);
        }
    }

    /** Gives back the tokens that were taken and not written. */
    public synchronized void settle(Admitted admitted, long written, Instant now) {
        take(outputTokens, written - admitted.outputTaken(), now);
    }

    /** The tokens reserved for a request without a limit, which must not be refused for ever. */
    private long defaultReserve() {
        return outputTokens == null ? DEFAULT_RESERVE : Math.min(DEFAULT_RESERVE, outputTokens.limit());
    }

    private static boolean exceeds(@Nullable TokenBucket bucket, long amount) {
        return bucket != null && amount > bucket.limit();
    }

    private @Nullable Lack lack(long input, long output, Instant now) {
        if (lacks(inputTokens, input, now) || lacks(outputTokens, output, now)) {
            return Lack.TOKENS;
        }
        if (lacks(requests, 1, now)) {
            return Lack.REQUESTS;
        }
        return acceleration == null || acceleration.holdsOne(now) ? null : Lack.ACCELERATION;
    }

    private LimitReport report(Instant now) {
        return new LimitReport(state(requests, now), state(inputTokens, now), state(outputTokens, now));
    }

    private static @Nullable TokenBucket bucket(@Nullable Long limit, Instant now) {
        return limit == null ? null : new TokenBucket(limit, now);
    }

    private static boolean lacks(@Nullable TokenBucket bucket, long amount, Instant now) {
        // A request that wants nothing does not mind a debt.
        return bucket != null && amount > 0 && !bucket.holds(amount, now);
    }

    private static Duration wait(@Nullable TokenBucket bucket, long amount, Instant now) {
        return bucket == null || amount == 0 ? Duration.ZERO : bucket.untilItHolds(amount, now);
    }

    private static void take(@Nullable TokenBucket bucket, long amount, Instant now) {
        if (bucket != null) {
            bucket.take(amount, now);
        }
    }

    private static @Nullable LimitState state(@Nullable TokenBucket bucket, Instant now) {
        return bucket == null ? null : bucket.state(now);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
