package io.bookstore.llm;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Lets the first so many model names into metrics, and {@code other} for the rest: each name is a series for ever. */
final class ModelNames {

    private static final String OTHER = "other";

    private final int limit;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    ModelNames(int limit) {
        this.limit = limit;
    }

    @Nullable
    String limited(@Nullable String model) {
        if (model == null || known.contains(model)) {
            return model;
        }
        if (count.get() >= limit || count.getAndIncrement() >= limit) {
            return OTHER;
        }
        if (!known.add(model)) {
            count.decrementAndGet(); // Another thread was first.
        }
        return model;
    }
}
