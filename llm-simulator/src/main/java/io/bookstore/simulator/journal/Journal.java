package io.bookstore.simulator.journal;

import io.bookstore.simulator.journal.JournalSummary.BilledTokens;
import java.util.ArrayDeque;
import java.util.List;

/**
 * The last attempts, in the order in which they ended. Thread-safe.
 *
 * <p>Bounded twice: in attempts, and in the chunk times that belong to them. The oldest attempts beyond either bound are
 * dropped.
 *
 * <p>An attempt is here before the client has its last byte, so a client that has an answer can find it.
 */
public final class Journal {

    // A summary of 110 tokens in chunks of four has 28; at eight bytes each a hundred thousand attempts keep 64 MB at
    // most.
    private static final long CHUNK_TIMES_PER_ATTEMPT = 80;

    private final int capacity;
    private final long maxChunkTimes;
    private final ArrayDeque<Attempt> attempts = new ArrayDeque<>();
    private long chunkTimes;
    private long count;
    private BilledTokens billed = BilledTokens.NONE;

    /** @param capacity attempts kept, and 80 times as many chunk times; the oldest go first */
    public Journal(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be >= 1, was " + capacity);
        }
        this.capacity = capacity;
        this.maxChunkTimes = capacity * CHUNK_TIMES_PER_ATTEMPT;
    }

    public synchronized void add(Attempt attempt) {
        attempts.addLast(attempt);
        chunkTimes += attempt.chunks().kept();
        count++;
        billed = billed.and(attempt);
        // The last one always stays: a client that has an answer can find it.
        while (attempts.size() > capacity || (chunkTimes > maxChunkTimes && attempts.size() > 1)) {
            chunkTimes -= attempts.removeFirst().chunks().kept();
        }
    }

    public synchronized List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** The attempts that ended after the first so many since the last {@link #clear}, as far as they are kept. */
    public synchronized List<Attempt> attemptsAfter(long ended) {
        long dropped = count - attempts.size();
        return attempts.stream().skip(Math.max(0, ended - dropped)).toList();
    }

    /** Attempts since the last {@link #clear}, those no longer kept included. */
    public synchronized long count() {
        return count;
    }

    public synchronized void clear() {
        attempts.clear();
        chunkTimes = 0;
        count = 0;
        billed = BilledTokens.NONE;
    }

    /** Count, tokens and medians; the medians are over the attempts kept. */
    public JournalSummary summary() {
        List<Attempt> kept;
        long counted;
        BilledTokens spent;
        synchronized (this) {
            kept = List.copyOf(attempts);
            counted = count;
            spent = billed;
        }
        return JournalSummary.of(counted, kept, spent);
    }
}
