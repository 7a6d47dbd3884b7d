package io.bookstore.api.llm.resilience;

import java.time.Duration;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Spreads calls evenly over the minute. Each call reserves the next free slot; a call that cannot wait that long
 * reserves nothing, and the slot of a call that waits no more goes to the next one.
 */
final class CallLimiter {

    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private final NavigableSet<Long> released = new TreeSet<>();
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

    /**
     * A moment at which a call may be made: a rate-limit slot.
     *
     * @param delay the wait until then
     * @param reserved true if the slot is the caller's; false if it is only the next one that would have been free
     */
    record Slot(long nanoTime, Duration delay, boolean reserved) {}

    /** Reserves a free moment if the wait for it is shorter than the longest allowed. */
    synchronized Slot reserve(Duration longestWait) {
        long now = nanoTime.getAsLong();
        if (intervalNanos == 0) {
            return new Slot(now, Duration.ZERO, true);
        }
        // What is over is lost: a call at it would come too close to the one after it.
        released.headSet(now).clear();
        long slot = released.isEmpty() ? Math.max(nextFree, now) : released.first();
        Duration wait = Duration.ofNanos(slot - now);
        boolean reserved = wait.isZero() || wait.compareTo(longestWait) < 0;
        if (reserved && !released.remove(slot)) {
            nextFree = slot + intervalNanos;
        }
        return new Slot(slot, wait, reserved);
    }

    /** Gives a reserved slot back, for a call that is not made. */
    synchronized void release(Slot slot) {
        if (intervalNanos > 0) {
            released.add(slot.nanoTime());
        }
    }
}
