package io.bookstore.simulator.state;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An answer that its client fetches later. It begins and ends by the clock: what is asked about it is computed then, and no thread
 * waits for it. Thread-safe.
 */
public final class LaterAnswer {

    /** The state of an answer at a moment. */
    public enum Phase {
        QUEUED,
        IN_PROGRESS,
        ENDED,
        CANCELLED
    }

    private final Instant arrived;
    private final Instant begin;
    private final Instant end;
    private final int status;
    private final @Nullable String document;
    private final @Nullable PendingLine line;
    private boolean sent;
    private @Nullable Instant cancelled;

    /**
     * @param beginNanos after the arrival of its request, as are {@code endNanos}
     * @param status     that an ordinary request would have got
     * @param document   null if the answer broke
     * @param line       null if the answer is streamed meanwhile, and its stream has a line
     */
    public LaterAnswer(
            Instant arrived,
            long beginNanos,
            long endNanos,
            int status,
            @Nullable String document,
            @Nullable PendingLine line) {
        this.arrived = arrived;
        this.begin = arrived.plusNanos(beginNanos);
        this.end = arrived.plusNanos(endNanos);
        this.status = status;
        this.document = document;
        this.line = line;
    }

    public boolean succeeded() {
        return status < 400;
    }

    public int status() {
        return status;
    }

    /** The document of the answer or of its refusal; null if the answer broke. */
    public @Nullable String document() {
        return document;
    }

    /** The arrival of its request. */
    public Instant arrived() {
        return arrived;
    }

    public Instant end() {
        return end;
    }

    /** The time from the arrival of its request to its end. */
    public long nanos() {
        return Duration.between(arrived, end).toNanos();
    }

    /** The state by now. An answer that has ended is written to the journal. */
    public synchronized Phase phase(Instant now) {
        if (cancelled != null) {
            return Phase.CANCELLED;
        }
        if (!sent && now.isBefore(end)) {
            return now.isBefore(begin) ? Phase.QUEUED : Phase.IN_PROGRESS;
        }
        if (line != null) {
            line.complete(status, nanos());
        }
        return Phase.ENDED;
    }

    /** Ends the answer: its stream has been sent, whatever the clock says. */
    public synchronized void endSent() {
        sent = true;
    }

    /** The time at which the answer was called off; null if it was not. */
    public synchronized @Nullable Instant cancelled() {
        return cancelled;
    }

    /** Calls the answer off, unless it has ended. */
    public synchronized void cancel(Instant now) {
        if (phase(now) != Phase.ENDED) {
            cancelled = now;
            if (line != null) {
                line.cancel(Duration.between(arrived, now).toNanos());
            }
        }
    }
}
