package io.bookstore.simulator.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The things of one kind that a provider keeps, up to a number and a size; the oldest go first. Thread-safe. */
public final class BoundedStore<T extends Kept> {

    private final int most;
    private final long mostBytes;
    private final Map<String, T> kept = new LinkedHashMap<>();
    private long bytes;

    BoundedStore(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** Keeps a thing. The newest is kept even if it alone is larger than all should be. */
    public void put(T thing, Instant now) {
        List<T> dropped = new ArrayList<>();
        synchronized (this) {
            T before = kept.put(thing.id(), thing);
            bytes += thing.bytes() - (before == null ? 0 : before.bytes());
            for (Iterator<T> oldest = kept.values().iterator();
                    kept.size() > 1 && (kept.size() > most || bytes > mostBytes); ) {
                T gone = oldest.next();
                oldest.remove();
                bytes -= gone.bytes();
                dropped.add(gone);
            }
        }
        dropped.forEach(gone -> gone.cancel(now));
    }

    /** The thing of that identifier; null if it was never kept, or is gone. */
    public synchronized @Nullable T find(String id) {
        return kept.get(id);
    }

    public synchronized void remove(T thing) {
        if (kept.remove(thing.id(), thing)) {
            bytes -= thing.bytes();
        }
    }

    /** All things, the newest first. */
    public synchronized List<T> newestFirst() {
        List<T> all = new ArrayList<>(kept.values());
        Collections.reverse(all);
        return all;
    }

    void settle(Instant now) {
        newestFirst().forEach(thing -> thing.settle(now));
    }

    void clear(Instant now) {
        List<T> dropped = newestFirst();
        dropped.forEach(this::remove);
        dropped.forEach(thing -> thing.cancel(now));
    }
}
