package io.bookstore.simulator.journal;

import java.util.Arrays;

/**
 * The times at which the chunks of one stream were due and were sent, in milliseconds since the request arrived. Immutable.
 *
 * <p>The first {@value #MOST_KEPT} chunks are kept, as far as they fall into the first half hour: an endless answer must not
 * fill the memory. {@link #sent} counts them all.
 */
public final class ChunkTimes {

    /** Chunks kept of one stream. */
    public static final int MOST_KEPT = 512;

    /** The times of an answer that is one document, or never began. */
    public static final ChunkTimes NONE = new ChunkTimes(0, new int[0]);

    private static final double MICROS_PER_MILLI = 1e3;

    private final int sent;

    // Planned and actual by turns, in microseconds: eight bytes a chunk, and there are millions of them.
    private final int[] micros;

    private ChunkTimes(int sent, int[] micros) {
        this.sent = sent;
        this.micros = micros;
    }

    /** Chunks that were sent, those not kept included. */
    public int sent() {
        return sent;
    }

    /** Chunks whose times are known: the first of those sent. */
    public int kept() {
        return micros.length / 2;
    }

    /** @throws IndexOutOfBoundsException if chunk, counted from 0, was not kept */
    public double plannedMs(int chunk) {
        return micros[2 * chunk] / MICROS_PER_MILLI;
    }

    /** @throws IndexOutOfBoundsException if chunk, counted from 0, was not kept */
    public double actualMs(int chunk) {
        return micros[2 * chunk + 1] / MICROS_PER_MILLI;
    }

    /** Takes the times down while a stream is sent. Not thread-safe. */
    public static final class Recorder {

        private static final int FIRST_ROOM = 32;
        private static final long NANOS_PER_MICRO = 1_000;
        private static final long LATEST_NANOS = Integer.MAX_VALUE * NANOS_PER_MICRO;

        private int sent;
        private int kept;
        private int[] micros = NONE.micros;

        /** Adds a chunk; both times are in nanoseconds since the request arrived. */
        public void add(long dueNanos, long actualNanos) {
            // A gap would shift the chunks after it, so the first one that cannot be kept is the end.
            if (kept == sent && kept < MOST_KEPT && Math.max(dueNanos, actualNanos) <= LATEST_NANOS) {
                if (2 * kept == micros.length) {
                    micros = Arrays.copyOf(micros, 2 * Math.max(FIRST_ROOM, 2 * kept));
                }
                micros[2 * kept] = (int) (dueNanos / NANOS_PER_MICRO);
                micros[2 * kept + 1] = (int) (actualNanos / NANOS_PER_MICRO);
                kept++;
            }
            sent++;
        }

        public ChunkTimes times() {
            return sent == 0 ? NONE : new ChunkTimes(sent, Arrays.copyOf(micros, 2 * kept));
        }
    }
}
