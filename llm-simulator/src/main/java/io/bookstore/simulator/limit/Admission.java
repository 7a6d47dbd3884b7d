package io.bookstore.simulator.limit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

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
     * @param lack       what it is refused for
     * @param retryAfter when it would be let in if nobody else asked; null if never
     */
    record Limited(LimitReport report, Lack lack, @Nullable Duration retryAfter) implements Admission {}

    /** What there is not enough of; a request that lacks several is told of the first. */
    enum Lack {
        /** It wants more tokens than the bucket ever holds. */
        SIZE,
        TOKENS,
        REQUESTS,
        /** Neither: the rate rises too steeply. */
        ACCELERATION
    }
}
