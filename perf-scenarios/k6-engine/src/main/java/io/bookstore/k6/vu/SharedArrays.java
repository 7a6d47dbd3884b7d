package io.bookstore.k6.vu;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The contents of {@code SharedArray}s: each element once, as JSON. Thread-safe. */
public final class SharedArrays {
    private final ConcurrentHashMap<String, String[]> arrays = new ConcurrentHashMap<>();

    /** Builds the array on first sight of its name; later ones get the first content. */
    int lengthOf(String name, Supplier<String[]> build) {
        String[] known = arrays.get(name);
        if (known == null) {
            // Not computeIfAbsent: the script may build one shared array from another.
            String[] built = build.get();
            String[] first = arrays.putIfAbsent(name, built);
            known = first == null ? built : first;
        }
        return known.length;
    }

    String element(String name, int index) {
        return arrays.getOrDefault(name, new String[0])[index];
    }
}
