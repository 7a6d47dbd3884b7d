package io.bookstore.api.llm;

import java.time.Duration;

/** Attempts and time that one request has taken so far, at all providers. Used by one thread. */
final class AttemptTotals {

    private int attempts;
    private Duration providerTime = Duration.ZERO;

    /** Adds one attempt and its time. */
    void add(long nanos) {
        attempts++;
        providerTime = providerTime.plusNanos(nanos);
    }

    int attempts() {
        return attempts;
    }

    /** The time spent in attempts, without the waits before them. */
    Duration providerTime() {
        return providerTime;
    }
}
