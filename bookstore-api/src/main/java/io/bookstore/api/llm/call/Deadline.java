package io.bookstore.api.llm.call;

import java.time.Duration;

/**
 * The moment after which nobody waits for the answer any more. Measured on the monotonic clock, so a change of the wall
 * clock neither kills nor prolongs a request.
 *
 * @param nanoTime the value of {@link System#nanoTime()} at that moment
 */
public record Deadline(long nanoTime) {

    /** The deadline that long from now. */
    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** The time left, never negative. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** Returns whether more than that is left. */
    public boolean allows(Duration duration) {
        return remaining().compareTo(duration) > 0;
    }
}
