package io.bookstore.llm;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Lets the first so many values into metrics, and {@code other} for the rest: each value is a series for ever. */
final class DistinctValues {

    private static final String OTHER = "other";

    private final int limit;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    DistinctValues(int limit) {
        this.limit = limit;
    }

    @Nullable
    String limited(@Nullable String value) {
        if (value == null || known.contains(value)) {
            return value;
        }
        if (count.get() >= limit || count.getAndIncrement() >= limit) {
            return OTHER;
        }
        if (!known.add(value)) {
            count.decrementAndGet(); // Another thread was first.
        }
        return value;
    }
}
