package io.bookstore.llm.internal.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Lets the first so many values into metrics, and a substitute for the rest: each value is a series for ever. */
final class DistinctValues<T> {

    private static final String OTHER = "other";

    private final int limit;
    private final @Nullable T substitute;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<T> known = ConcurrentHashMap.newKeySet();

    DistinctValues(int limit, @Nullable T substitute) {
        this.limit = limit;
        this.substitute = substitute;
    }

    /** Names, of which those beyond the limit are {@value #OTHER}. */
    static DistinctValues<String> names(int limit) {
        return new DistinctValues<>(limit, OTHER);
    }

    @Nullable
    T limited(@Nullable T value) {
        if (value == null || known.contains(value)) {
            return value;
        }
        if (count.get() >= limit || count.getAndIncrement() >= limit) {
            return substitute;
        }
        if (!known.add(value)) {
            count.decrementAndGet(); // Another thread was first.
        }
        return value;
    }
}
