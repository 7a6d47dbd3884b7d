package io.bookstore.api.llm;

import java.time.Duration;

/** Attempts and time that one request has taken so far, at all providers, and its waits for them. Used by one thread. */
final class AttemptTotals {

    private int attempts;
    private Duration providerTime = Duration.ZERO;
    private long queuedNanos;

    /** Adds one attempt and its time. */
    void add(long nanos) {
        attempts++;
        providerTime = providerTime.plusNanos(nanos);
    }

    /** Adds a wait for a permit, or for the rate-limit slot of the first attempt; one before a retry is part of its backoff. */
    void addQueued(long nanos) {
        queuedNanos += nanos;
    }

    double queuedMs() {
        return queuedNanos / 1e6;
    }

    int attempts() {
        return attempts;
    }

    /** The time spent in attempts, without the waits before them. */
    Duration providerTime() {
        return providerTime;
    }
}
