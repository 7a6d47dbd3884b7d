package io.bookstore.simulator.simulation;

import io.bookstore.simulator.state.LaterAnswer;
import io.bookstore.simulator.state.StreamPart;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The steps that answer one request, and the journal entry about it.
 *
 * @param entry null if the request is not for a provider
 * @param later the answer that its client fetches, in place of steps; null if it is sent
 */
public record Script(
        Iterator<Step> steps,
        @Nullable JournalEntry entry,
        @Nullable LaterAnswer later) {

    public Script(Iterator<Step> steps, @Nullable JournalEntry entry) {
        this(steps, entry, null);
    }

    static Script ofBatch(LaterAnswer later) {
        return new Script(Collections.emptyIterator(), null, later);
    }

    public static Script of(Step only) {
        return new Script(List.of(only).iterator(), null);
    }
}
