package io.bookstore.simulator.proxy;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The memory that exchanges may hold until they are written: a secret may lie across any two chunks, so an answer is written as a
 * whole. Thread-safe.
 */
final class RecordingMemory {

    private static final int MOST_OF_ONE = 32 << 20; // a hundred times the longest answer of a model
    private static final long MOST_OF_ALL = 256 << 20;
    private static final int BYTES_PER_CHUNK = 64; // of its record, array and place in the list

    private final long mostOfOne;
    private final long mostOfAll;
    private final AtomicLong held = new AtomicLong();

    RecordingMemory(long mostOfOne, long mostOfAll) {
        this.mostOfOne = mostOfOne;
        this.mostOfAll = mostOfAll;
    }

    /** The memory of a recording in this JVM: at most half of its heap. */
    static RecordingMemory ofHeap() {
        return new RecordingMemory(
                MOST_OF_ONE, Math.min(MOST_OF_ALL, Runtime.getRuntime().maxMemory() / 2));
    }

    Share share() {
        return new Share();
    }

    /** The memory of one exchange. Filled by one thread, and freed by any. */
    final class Share {

        private long bytes;
        private @Nullable String excess;

        /** Takes memory; false, now and later, if there is none left. What was taken before stays so until {@link #free}. */
        synchronized boolean take(int length) {
            if (excess != null) {
                return false;
            }
            long more = (long) length + BYTES_PER_CHUNK;
            if (bytes + more > mostOfOne) {
                excess = String.format(
                        Locale.ROOT,
                        "with its request it has more than %d bytes, the most that are held for one answer",
                        mostOfOne);
            } else if (held.addAndGet(more) > mostOfAll) {
                held.addAndGet(-more);
                excess = String.format(
                        Locale.ROOT,
                        "the answers under way hold %d bytes, which is all there is for them; send fewer at a time, or"
                                + " raise -Xmx",
                        mostOfAll);
            }
            if (excess != null) {
                return false;
            }
            bytes += more;
            return true;
        }

        /** The reason for which the exchange is not recorded; null if it is. */
        synchronized @Nullable String excess() {
            return excess;
        }

        synchronized void free() {
            held.addAndGet(-bytes);
            bytes = 0;
        }
    }
}
