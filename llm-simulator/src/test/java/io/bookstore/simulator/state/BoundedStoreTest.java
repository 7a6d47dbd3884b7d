package io.bookstore.simulator.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedStoreTest {

    private static final Instant NOW = Instant.EPOCH;

    private final List<String> calledOff = new ArrayList<>();

    @Test
    void oldestGoBeyondTheNumber() {
        BoundedStore<Thing> store = new BoundedStore<>(2, 100);

        store.put(new Thing("a", 1), NOW);
        store.put(new Thing("b", 1), NOW);
        store.put(new Thing("c", 1), NOW);

        assertThat(store.newestFirst()).extracting(Thing::id).containsExactly("c", "b");
        assertThat(store.find("a")).isNull();
        assertThat(calledOff).containsExactly("a");
    }

    @Test
    void oldestGoBeyondTheBytesAndTheNewestStays() {
        BoundedStore<Thing> store = new BoundedStore<>(10, 100);

        store.put(new Thing("a", 60), NOW);
        store.put(new Thing("b", 40), NOW);
        assertThat(store.newestFirst()).hasSize(2);
        store.put(new Thing("c", 101), NOW);

        assertThat(store.newestFirst()).extracting(Thing::id).containsExactly("c");
    }

    @Test
    void changedThingIsTheNewestWithItsNewSize() {
        BoundedStore<Thing> store = new BoundedStore<>(10, 100);
        store.put(new Thing("a", 10), NOW);
        store.put(new Thing("b", 50), NOW);

        Thing changed = store.update("a", before -> new Thing("a", before.bytes() + 50), NOW);

        assertThat(store.newestFirst()).containsExactly(changed);
        assertThat(calledOff).containsExactly("b");
        assertThat(store.update("b", before -> before, NOW)).isNull();
    }

    @Test
    void removedThingMakesRoom() {
        BoundedStore<Thing> store = new BoundedStore<>(10, 100);
        Thing removed = new Thing("a", 60);
        store.put(removed, NOW);

        store.remove(removed);
        store.put(new Thing("b", 50), NOW);
        store.put(new Thing("c", 50), NOW);

        assertThat(store.newestFirst()).extracting(Thing::id).containsExactly("c", "b");
        store.clear(NOW);
        assertThat(store.newestFirst()).isEmpty();
        assertThat(calledOff).containsExactly("c", "b");
    }

    private final class Thing implements Kept {

        private final String id;
        private final long bytes;

        Thing(String id, long bytes) {
            this.id = id;
            this.bytes = bytes;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public void cancel(Instant now) {
            calledOff.add(id);
        }
    }
}
