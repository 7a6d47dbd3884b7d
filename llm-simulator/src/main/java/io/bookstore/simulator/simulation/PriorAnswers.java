package io.bookstore.simulator.simulation;

import io.bookstore.simulator.wire.RefusedException;
import org.jspecify.annotations.Nullable;

/** Answers that go before those of the simulation. Thread-safe. */
@FunctionalInterface
public interface PriorAnswers {

    /** No answers: the simulation answers all. */
    PriorAnswers NONE = (method, path, query, body) -> null;

    /**
     * Finds the answer to a request.
     *
     * @param query without its question mark; empty if there is none
     * @return null if the simulation is to answer
     * @throws RefusedException if nothing is to answer
     */
    @Nullable
    Script answer(String method, String path, String query, byte[] body);
}
