package io.bookstore.simulator.limit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The decision on a request. */
public sealed interface Admission {

    LimitReport report();

    /**
     * The request is let in.
     *
     * @param outputTaken output tokens already taken from the bucket
     */
    record Admitted(LimitReport report, long outputTaken) implements Admission {}

    /**
     * The request is refused.
     *
     * @param lack       the reason
     * @param retryAfter when it would be let in if no other request came; null if never
     */
    record Limited(LimitReport report, Lack lack, @Nullable Duration retryAfter) implements Admission {}

    /** The reasons of a refusal; a request that lacks several things is told of the first. */
    enum Lack {
        /** More tokens than the bucket ever holds. */
        SIZE,
        TOKENS,
        REQUESTS,
        /** A rate that rises too steeply. */
        ACCELERATION
    }
}
