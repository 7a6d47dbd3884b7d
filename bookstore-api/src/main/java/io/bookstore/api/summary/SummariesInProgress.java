package io.bookstore.api.summary;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the clients of this service that wait for a summary, on either route. Thread-safe. */
@Singleton
final class SummariesInProgress {

    /** The header of the number: a load generator sees only its own calls, the service sees all. */
    static final String HEADER = "X-Llm-Active-Requests";

    private final AtomicInteger count = new AtomicInteger();

    /** The number with one that is about to begin. */
    int withOneMore() {
        return count.get() + 1;
    }

    /** Counts one more, until {@link #end}, and returns the number now. */
    int begin() {
        return count.incrementAndGet();
    }

    void end() {
        count.decrementAndGet();
    }
}
