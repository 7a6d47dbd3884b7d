package io.bookstore.simulator.state;

import io.bookstore.simulator.state.LaterAnswer.Phase;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A batch of requests, each with the answer that it will have had. Its state is computed from the clock. Thread-safe. */
public final class Batch implements Kept {

    // An answer with its line of the journal and its times, beside its text.
    private static final int OVERHEAD_BYTES = 1_000;

    /**
     * A request with its answer.
     *
     * @param line of the results
     */
    public record Item(String customId, LaterAnswer answer, String line) {}

    private final String id;
    private final Instant created;
    private final String fields;
    private final List<Item> items;
    private @Nullable Instant cancelled;
    private boolean endSeen;

    /** @param fields of its document that never change, as its provider writes them */
    public Batch(String id, Instant created, String fields, List<Item> items) {
        this.id = id;
        this.created = created;
        this.fields = fields;
        this.items = List.copyOf(items);
    }

    @Override
    public String id() {
        return id;
    }

    public Instant created() {
        return created;
    }

    /** The fields of its document that never change, as its provider writes them. */
    public String fields() {
        return fields;
    }

    public int size() {
        return items.size();
    }

    /** The time at which it was called off; null if it was not. */
    public synchronized @Nullable Instant cancelled() {
        return cancelled;
    }

    /** The time at which the last of its answers ends; that of its cancellation if none is under way then. */
    public synchronized Instant end(Instant now) {
        Instant last = items.stream()
                .filter(item -> item.answer().phase(now) != Phase.CANCELLED)
                .map(item -> item.answer().end())
                .max(Comparator.naturalOrder())
                .orElse(created);
        return cancelled == null || last.isAfter(cancelled) ? last : cancelled;
    }

    public boolean isEnded(Instant now) {
        return !now.isBefore(end(now));
    }

    /** Returns true the first time alone, so that its results are written once. */
    public synchronized boolean firstEnd() {
        boolean first = !endSeen;
        endSeen = true;
        return first;
    }

    /** The number of answers that have ended by now, well or not. */
    public long count(Instant now, boolean succeeded) {
        return ended(now).filter(item -> item.answer().succeeded() == succeeded).count();
    }

    /** The lines of the answers that have ended by now, well or not. */
    public String lines(Instant now, boolean succeeded) {
        return text(ended(now).filter(item -> item.answer().succeeded() == succeeded), Item::line);
    }

    /**
     * The lines of all results.
     *
     * @param ofCancelled the line of a request that was called off
     */
    public String lines(Instant now, Function<Item, String> ofCancelled) {
        return text(
                items.stream(),
                item -> item.answer().phase(now) == Phase.CANCELLED ? ofCancelled.apply(item) : item.line());
    }

    private Stream<Item> ended(Instant now) {
        return items.stream().filter(item -> item.answer().phase(now) == Phase.ENDED);
    }

    private static String text(Stream<Item> items, Function<Item, String> line) {
        StringBuilder text = new StringBuilder();
        items.forEach(item -> text.append(line.apply(item)).append('\n'));
        return text.toString();
    }

    /** Calls off what has not begun; answers under way go on to their end. */
    public synchronized void callOff(Instant now) {
        if (cancelled == null && !isEnded(now)) {
            cancelled = now;
            items.stream()
                    .filter(item -> item.answer().phase(now) == Phase.QUEUED)
                    .forEach(item -> item.answer().cancel(now));
        }
    }

    @Override
    public long bytes() {
        return items.stream()
                .mapToLong(item -> OVERHEAD_BYTES + item.line().length())
                .sum();
    }

    @Override
    public void settle(Instant now) {
        items.forEach(item -> item.answer().phase(now));
    }

    @Override
    public void cancel(Instant now) {
        items.forEach(item -> item.answer().cancel(now));
    }
}
