package io.bookstore.simulator.journal;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The last attempts, in the order in which they ended. Thread-safe.
 *
 * <p>An attempt is here before the client has its last byte, so whoever has an answer can find it.
 */
public final class Journal {

    private final int capacity;
    private final ArrayDeque<Attempt> attempts = new ArrayDeque<>();
    private long count;

    /** @param capacity attempts kept; the oldest go first */
    public Journal(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be >= 1, was " + capacity);
        }
        this.capacity = capacity;
    }

    public synchronized void add(Attempt attempt) {
        if (attempts.size() == capacity) {
            attempts.removeFirst();
        }
        attempts.addLast(attempt);
        count++;
    }

    public synchronized List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** Attempts since the last {@link #clear}, those no longer kept included. */
    public synchronized long count() {
        return count;
    }

    public synchronized void clear() {
        attempts.clear();
        count = 0;
    }

    /** Count and medians; the medians are over the attempts kept. */
    public JournalSummary summary() {
        List<Attempt> kept;
        long counted;
        synchronized (this) {
            kept = List.copyOf(attempts);
            counted = count;
        }
        return JournalSummary.of(counted, kept);
    }
}
