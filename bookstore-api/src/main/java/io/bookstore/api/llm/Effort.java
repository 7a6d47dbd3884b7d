package io.bookstore.api.llm;

import java.time.Duration;

/** What one request has taken so far of all providers that were asked for it. Used by one thread. */
final class Effort {

    private int attempts;
    private Duration providerTime = Duration.ZERO;

    /** A provider was asked once more, and that long. */
    void add(long nanos) {
        attempts++;
        providerTime = providerTime.plusNanos(nanos);
    }

    int attempts() {
        return attempts;
    }

    /** Spent in attempts: without the waits for a turn, and before another attempt. */
    Duration providerTime() {
        return providerTime;
    }
}
