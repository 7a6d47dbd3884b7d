package io.bookstore.api.summary;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** How many clients of this service wait for a summary, on either route. Thread-safe. */
@Singleton
final class SummariesUnderWay {

    /** A load generator sees only its own calls; the service sees all that are under way. */
    static final String HEADER = "X-Llm-Active-Requests";

    private final AtomicInteger count = new AtomicInteger();

    /** How many there are with one that is about to begin. */
    int withOneMore() {
        return count.get() + 1;
    }

    /** One more, until {@link #end}; returns how many there are now. */
    int begin() {
        return count.incrementAndGet();
    }

    void end() {
        count.decrementAndGet();
    }
}
