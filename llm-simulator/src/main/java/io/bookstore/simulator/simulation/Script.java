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

    /** The script of a stream of events that goes on where its client left it. Each event is asked for when it is wanted. */
    public static Script ofEvents(Iterator<StreamPart> events) {
        Step head = new Step.Head(0, 200, "text/event-stream; charset=utf-8", Map.of());
        Stream<Step> parts = StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(events, Spliterator.ORDERED), false)
                .map(event -> new Step.Part(event.atNanos(), event.text(), true));
        Stream<Step> begun = Stream.concat(Stream.of(head), parts);
        return new Script(Stream.concat(begun, Stream.of(new Step.End(0))).iterator(), null);
    }

    public static Script of(Step only) {
        return new Script(List.of(only).iterator(), null);
    }
}
