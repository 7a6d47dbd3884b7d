package io.bookstore.llm.internal.call;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The arrival times of the pieces of a streamed answer. Thread-safe without a lock, which every piece would pay for: each takes a slot
 * of its own, in blocks that double and are never copied. A piece that comes while another thread reads may be left out.
 */
public final class ChunkTimes {

    private static final int FIRST_BLOCK = 16;
    private static final int BLOCKS = 12;

    // A stream of a token each 10 ms for ten minutes; beyond that the gaps say nothing new.
    private static final int MAX_CHUNKS = FIRST_BLOCK * ((1 << BLOCKS) - 1);
    private static final double NANOS = 1e9;

    // Slots hold nanoseconds since one before the start: 0 is a slot that nobody has written yet.
    private final long zero;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicReferenceArray<long[]> blocks = new AtomicReferenceArray<>(BLOCKS);

    public ChunkTimes(long start) {
        this.zero = start - 1;
    }

    public void add(long now) {
        if (taken.get() >= MAX_CHUNKS) {
            return;
        }
        int slot = taken.getAndIncrement();
        int block = block(slot);
        if (block < BLOCKS) {
            // A clock of the host's that goes back must not make times negative.
            times(block)[slot - start(block)] = Math.max(1, now - zero);
        }
    }

    private long[] times(int block) {
        long[] times = blocks.get(block);
        if (times != null) {
            return times;
        }
        blocks.compareAndSet(block, null, new long[FIRST_BLOCK << block]);
        return blocks.get(block);
    }

    /** Null if nothing came. */
    @Nullable
    Double secondsToFirst() {
        long first = taken.get() == 0 ? 0 : times(0)[0];
        return first == 0 ? null : (first - 1) / NANOS;
    }

    void forEachGap(LongConsumer nanos) {
        long last = 0;
        int chunks = Math.min(taken.get(), MAX_CHUNKS);
        for (int block = 0; start(block) < chunks; block++) {
            long[] times = times(block);
            int end = Math.min(times.length, chunks - start(block));
            for (int i = 0; i < end; i++) {
                if (times[i] != 0 && last != 0) {
                    nanos.accept(Math.max(0, times[i] - last));
                }
                last = times[i] == 0 ? last : times[i];
            }
        }
    }

    private static int block(int slot) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(slot / FIRST_BLOCK + 1);
    }

    private static int start(int block) {
        return FIRST_BLOCK * ((1 << block) - 1);
    }
}
