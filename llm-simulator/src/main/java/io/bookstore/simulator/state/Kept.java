package io.bookstore.simulator.state;

import java.time.Instant;

/** Anything that a provider keeps. */
public interface Kept {

    String id();

    /** The memory that it takes, about. */
    long bytes();

    /** Writes to the journal the answers that have ended by now. */
    default void settle(Instant now) {}

    /** Calls off the answers that have not ended by now. */
    default void cancel(Instant now) {}
}
