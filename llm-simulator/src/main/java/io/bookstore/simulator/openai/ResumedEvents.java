package io.bookstore.simulator.openai;

import io.bookstore.simulator.state.LaterAnswer;
import io.bookstore.simulator.state.StreamPart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The events of a response in the background, each at its planned time, or at once if that has passed. They end with those that
 * were due before the answer was called off; a long wait for one is divided, so that this is seen meanwhile.
 */
final class ResumedEvents implements Iterator<StreamPart> {

    private static final long LOOK_NANOS = 200_000_000;

    private final LaterAnswer answer;
    private final int after;
    private final long elapsedNanos;
    private final ArrayDeque<StreamPart> events = new ArrayDeque<>();
    private Iterator<StreamPart> parts;
    private int number;
    private long lookedNanos;

    /** @param after the number of the last event that is not wanted; -1 if all are */
    ResumedEvents(LaterAnswer answer, Iterable<StreamPart> stream, int after, Instant now) {
        this.answer = answer;
        this.after = after;
        this.elapsedNanos = Duration.between(answer.arrived(), now).toNanos();
        this.parts = stream.iterator();
    }

    @Override
    public boolean hasNext() {
        while (events.isEmpty() && parts.hasNext()) {
            take(parts.next());
        }
        return !events.isEmpty() && (events.element().atNanos() == 0 || answer.cancelled() == null);
    }

    private void take(StreamPart part) {
        Instant cancelled = answer.cancelled();
        if (cancelled != null && answer.arrived().plusNanos(part.atNanos()).isAfter(cancelled)) {
            parts = Collections.emptyIterator();
            return;
        }
        // Events are numbered from 0 in the order in which they are sent, and end with an empty line.
        for (String event : part.text().split("(?<=\n\n)")) {
            if (number > after) {
                events.add(new StreamPart(Math.max(0, part.atNanos() - elapsedNanos), event));
            }
            number++;
        }
    }

    @Override
    public StreamPart next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (events.element().atNanos() - lookedNanos > LOOK_NANOS) {
            lookedNanos += LOOK_NANOS;
            return new StreamPart(lookedNanos, "");
        }
        lookedNanos = events.element().atNanos();
        return events.remove();
    }
}
