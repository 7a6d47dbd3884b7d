package io.bookstore.llm;

import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The durations of a call that has ended.
 *
 * @param seconds from start to end
 * @param chunks  the times of the pieces; null if none came
 */
record CallTiming(double seconds, @Nullable ChunkTimes chunks) {

    /** Seconds to the first piece of the answer; null if none came. */
    @Nullable
    Double toFirstChunk() {
        return chunks == null ? null : chunks.secondsToFirst();
    }

    void forEachGap(LongConsumer nanos) {
        if (chunks != null) {
            chunks.forEachGap(nanos);
        }
    }
}
