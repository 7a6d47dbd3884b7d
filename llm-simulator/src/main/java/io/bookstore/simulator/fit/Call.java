package io.bookstore.simulator.fit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call of a provider, as its journal or its client saw it. Do not modify the array.
 *
 * @param time           when the request had been sent
 * @param model          null if the source does not tell
 * @param status         0 if none came
 * @param completed      true if the answer came to its end
 * @param uncachedTokens of the prompt, without those that the provider's cache served; 0 if unknown
 * @param outputTokens   of the answer; 0 if unknown
 * @param ttftMs         to the first text, in milliseconds; null if it was not seen
 * @param durationMs     to the end of the answer, in milliseconds
 * @param chunks         the number of chunks that came
 * @param chunkMs        when each of them came, in milliseconds since {@code time}; of a long stream the first ones
 */
@SuppressWarnings("ArrayRecordComponent") // a thousand calls of a hundred chunks, read two hundred times
record Call(
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

    /** Returns whether it tells how fast the provider answers. */
    boolean tellsPace() {
        return status == 200 && completed && ttftMs != null && outputTokens > 0;
    }

    /** Returns whether the provider worked on it. */
    boolean wasServed() {
        return status == 200;
    }
}
