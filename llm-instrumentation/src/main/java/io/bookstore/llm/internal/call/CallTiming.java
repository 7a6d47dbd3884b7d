package io.bookstore.llm.internal.call;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The durations of a call that has ended.
 *
 * @param seconds from start to end
 * @param chunks  the times of the pieces; null if none came
 * @param clock   the time of day
 */
public record CallTiming(double seconds, @Nullable ChunkTimes chunks, Clock clock) {

    private static final double NANOS = 1e9;

    /** Seconds to the first piece of the answer; null if none came. */
    @Nullable
    public Double toFirstChunk() {
        return chunks == null ? null : chunks.secondsToFirst();
    }

    /** The time of day at which the first piece came, asked of a call that has just ended; null if none came. */
    @Nullable
    public Instant firstChunkAt() {
        Double first = toFirstChunk();
        return first == null ? null : clock.instant().minusNanos(Math.round((seconds - first) * NANOS));
    }

    public void forEachGap(LongConsumer nanos) {
        if (chunks != null) {
            chunks.forEachGap(nanos);
        }
    }
}
