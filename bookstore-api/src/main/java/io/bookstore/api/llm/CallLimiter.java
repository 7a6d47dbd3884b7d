package io.bookstore.api.llm;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Spreads calls evenly over the minute. Each call reserves the next free moment; a call that cannot wait that long
 * reserves nothing.
 */
final class CallLimiter {

    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private long nextFree;

    /** @param perMinute the most calls in a minute; 0 for no limit */
    CallLimiter(int perMinute) {
        this(perMinute, System::nanoTime);
    }

    CallLimiter(int perMinute, LongSupplier nanoTime) {
        this.intervalNanos = perMinute == 0 ? 0 : Duration.ofMinutes(1).toNanos() / perMinute;
        this.nanoTime = nanoTime;
        this.nextFree = nanoTime.getAsLong();
    }

    /** Returns the wait for a free moment; it has been reserved only if the wait is shorter than the longest allowed. */
    synchronized Duration reserve(Duration longestWait) {
        if (intervalNanos == 0) {
            return Duration.ZERO;
        }
        long now = nanoTime.getAsLong();
        long turn = Math.max(nextFree, now);
        Duration wait = Duration.ofNanos(turn - now);
        if (wait.compareTo(longestWait) < 0) {
            nextFree = turn + intervalNanos;
        }
        return wait;
    }
}
