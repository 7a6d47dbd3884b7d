package io.bookstore.k6.metrics;

import java.time.Duration;
import java.time.Instant;

/** Wall-clock times that never step back: the wall clock is read once, when the run begins. */
public final class RunClock {
    private volatile Instant start = Instant.now();
    private volatile long startNanos = System.nanoTime();

    /** Sets the zero point; called once, after all init code has run and before anything is measured. */
    public void begin() {
        start = Instant.now();
        startNanos = System.nanoTime();
    }

    public long startNanos() {
        return startNanos;
    }

    public Instant now() {
        return at(System.nanoTime());
    }

    public Instant at(long nanoTime) {
        return start.plusNanos(nanoTime - startNanos);
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
