package io.bookstore.simulator.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
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

    /**
     * Replaces a thing by its successor, which is then the newest; of two changes at the same moment neither is lost.
     *
     * @return the successor; null if there is none of that identifier
     */
    public synchronized @Nullable T update(String id, UnaryOperator<T> change, Instant now) {
        T before = kept.get(id);
        if (before == null) {
            return null;
        }
        T after = change.apply(before);
        remove(before);
        put(after, now);
        return after;
    }

    /** The thing of that identifier; null if it was never kept, or is gone. */
    public synchronized @Nullable T find(String id) {
        return kept.get(id);
    }

    public synchronized void remove(T thing) {
        T gone = kept.remove(thing.id());
        bytes -= gone == null ? 0 : gone.bytes();
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
