package io.bookstore.simulator.state;

import io.bookstore.simulator.state.LaterAnswer.Phase;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A conversation of OpenAI's.
 *
 * @param metadata as a JSON object
 * @param items    the newest {@link ProviderState#MOST_ITEMS}, oldest first
 * @param turns    the answers under way, whose items are not in it yet
 */
public record StoredConversation(String id, Instant created, String metadata, List<Item> items, List<Turn> turns)
        implements Kept {

    private static final int OVERHEAD_BYTES = 200;

    /** @param document the item as JSON */
    public record Item(String id, String document) {}

    /**
     * An answer under way.
     *
     * @param response its identifier
     * @param later    null if it is sent in the foreground
     * @param items    its input and output, if they are known
     */
    public record Turn(String response, @Nullable LaterAnswer later, List<Item> items) {

        public Turn {
            items = List.copyOf(items);
        }
    }

    public StoredConversation {
        items = List.copyOf(items.subList(Math.max(0, items.size() - ProviderState.MOST_ITEMS), items.size()));
        turns = List.copyOf(turns);
    }

    public StoredConversation(String id, Instant created, String metadata, List<Item> items) {
        this(id, created, metadata, items, List.of());
    }

    /** The item of that identifier; null if it has none. */
    public @Nullable Item item(String wanted) {
        return items.stream()
                .filter(item -> item.id().equals(wanted))
                .findFirst()
                .orElse(null);
    }

    public StoredConversation withMetadata(String changed) {
        return new StoredConversation(id, created, changed, items, turns);
    }

    public StoredConversation with(List<Item> more) {
        List<Item> all = Stream.concat(items.stream(), more.stream()).toList();
        return new StoredConversation(id, created, metadata, all, turns);
    }

    public StoredConversation without(Item item) {
        List<Item> rest = items.stream().filter(other -> !other.equals(item)).toList();
        return new StoredConversation(id, created, metadata, rest, turns);
    }

    public StoredConversation begin(Turn turn) {
        List<Turn> all = Stream.concat(turns.stream(), Stream.of(turn)).toList();
        return new StoredConversation(id, created, metadata, items, all);
    }

    /** @param added by the answer; empty if it did not come to its end */
    public StoredConversation end(String response, List<Item> added) {
        List<Turn> rest =
                turns.stream().filter(turn -> !turn.response().equals(response)).toList();
        return new StoredConversation(id, created, metadata, items, rest).with(added);
    }

    /** The same with the items of the answers in the background that have ended by now. */
    public StoredConversation settled(Instant now) {
        StoredConversation settled = this;
        for (Turn turn : turns) {
            LaterAnswer later = turn.later();
            Phase phase = later == null ? Phase.IN_PROGRESS : later.phase(now);
            if (later != null && (phase == Phase.ENDED || phase == Phase.CANCELLED)) {
                boolean whole = phase == Phase.ENDED && later.succeeded();
                settled = settled.end(turn.response(), whole ? turn.items() : List.of());
            }
        }
        return settled;
    }

    @Override
    public long bytes() {
        return metadata.length()
                + OVERHEAD_BYTES
                + items.stream()
                        .mapToLong(item -> OVERHEAD_BYTES + item.document().length())
                        .sum();
    }
}
