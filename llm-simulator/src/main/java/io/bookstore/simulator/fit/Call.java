package io.bookstore.simulator.fit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call of a provider, as its journal or its client saw it. Do not modify the array.
 *
 * @param time           when the request had been sent
 * @param provider       null if the source does not tell
 * @param model          null if the source does not tell
 * @param status         0 if none came
 * @param completed      true if the answer came to its end
 * @param uncachedTokens of the prompt, without those that the provider's cache served; 0 if unknown
 * @param outputTokens   of the answer; 0 if unknown
 * @param ttftMs         to the first text, in milliseconds; null if it was not seen
 * @param durationMs     to the end of the answer, in milliseconds
 * @param chunks         the number of chunks that came; 0 if unknown
 * @param chunkMs        when each of them came, in milliseconds since {@code time}; of a long stream the first ones; empty if
 *                       unknown
 */
@SuppressWarnings("ArrayRecordComponent") // a thousand calls of a hundred chunks, read two hundred times
record Call(
        Instant time,
        @Nullable String provider,
        @Nullable String model,
        int status,
        boolean completed,
        int uncachedTokens,
        int outputTokens,
        @Nullable Double ttftMs,
        double durationMs,
        int chunks,
        double[] chunkMs) {

    private static final double[] NO_TIMES = {};

    /** A call of an unnamed provider. */
    Call(
            Instant time,
            @Nullable String model,
            int status,
            boolean completed,
            int uncachedTokens,
            int outputTokens,
            @Nullable Double ttftMs,
            double durationMs,
            int chunks,
            double[] chunkMs) {
        this(time, null, model, status, completed, uncachedTokens, outputTokens, ttftMs, durationMs, chunks, chunkMs);
    }

    /** Returns an attempt of which nothing but its status is known. */
    static Call attempt(Instant time, @Nullable String provider, @Nullable String model, int status) {
        return new Call(time, provider, model, status, false, 0, 0, null, 0, 0, NO_TIMES);
    }

    /** Returns whether it tells how fast the provider answers. */
    boolean tellsPace() {
        return isWhole() && ttftMs != null && outputTokens > 0;
    }

    /** Returns whether the whole answer came. */
    boolean isWhole() {
        return status == 200 && completed;
    }

    /** Returns whether the provider worked on it. */
    boolean wasServed() {
        return status == 200;
    }
}
