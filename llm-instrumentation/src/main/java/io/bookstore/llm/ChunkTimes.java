package io.bookstore.llm;

import java.util.Arrays;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** When the pieces of a streamed answer came: the first, and the gaps after it. Thread-safe. */
final class ChunkTimes {

    // A stream of a token each 10 ms for ten minutes; beyond that the gaps say nothing new.
    private static final int MAX_GAPS = 65_536;
    private static final int FIRST_CAPACITY = 16;
    private static final long[] NONE = {};
    private static final double NANOS = 1e9;

    private long first;
    private long last;
    private boolean started;
    private long[] gaps = NONE;
    private int gapCount;

    synchronized void add(long now) {
        if (!started) {
            started = true;
            first = now;
        } else if (gapCount < MAX_GAPS) {
            if (gapCount == gaps.length) {
                gaps = Arrays.copyOf(gaps, Math.max(FIRST_CAPACITY, gapCount * 2));
            }
            gaps[gapCount++] = now - last;
        }
        last = now;
    }

    /** Null if nothing came. */
    synchronized @Nullable Double secondsToFirst(long start) {
        return started ? (first - start) / NANOS : null;
    }

    synchronized void eachGap(DoubleConsumer seconds) {
        for (int i = 0; i < gapCount; i++) {
            seconds.accept(gaps[i] / NANOS);
        }
    }
}
