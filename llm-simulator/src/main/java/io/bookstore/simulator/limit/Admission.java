package io.bookstore.simulator.limit;

import java.time.Duration;

/** Whether a request may be answered. */
public sealed interface Admission {

    LimitReport report();

    /**
     * It may.
     *
     * @param outputTaken output tokens already taken from the bucket
     */
    record Admitted(LimitReport report, long outputTaken) implements Admission {}

    /**
     * It may not.
     *
     * @param tokens     whether tokens are lacking, rather than requests
     * @param retryAfter when it would be let in if nobody else asked
     */
    record Limited(LimitReport report, boolean tokens, Duration retryAfter) implements Admission {}
}
