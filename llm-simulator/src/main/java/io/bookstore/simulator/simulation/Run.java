package io.bookstore.simulator.simulation;

import java.util.concurrent.atomic.AtomicLong;

/** The counts from one reset to the next; an answer that outlives its run is not written down. */
final class Run {

    private final Occurrences occurrences = new Occurrences();
    private final AtomicLong sequence = new AtomicLong();
    private final BrokenTexts brokenTexts = new BrokenTexts();

    Occurrences occurrences() {
        return occurrences;
    }

    /** The number of the next attempt, from 1. */
    long nextSequence() {
        return sequence.incrementAndGet();
    }

    BrokenTexts brokenTexts() {
        return brokenTexts;
    }
}
