package io.bookstore.perf.export;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Keys of a ConfigMap or a Secret, which have neither slashes nor spaces, one for each path. */
final class Keys {

    private Keys() {}

    static Map<String, String> of(Collection<String> paths) {
        return of(paths, UnaryOperator.identity(), Set.of());
    }

    /**
     * The keys by their paths; the first path in their order has the plain key, another with the same one a number behind it.
     *
     * @param shown what the key of a path is made of
     * @param taken keys that others have
     */
    static Map<String, String> of(Collection<String> paths, UnaryOperator<String> shown, Collection<String> taken) {
        Map<String, String> keys = new TreeMap<>();
        Set<String> used = new HashSet<>(taken);
        for (String path : new TreeSet<>(paths)) {
            String plain = shown.apply(path).replaceAll("[^-._a-zA-Z0-9]", "__");
            String key = plain;
            for (int number = 2; !used.add(key); number++) {
                key = plain + "-" + number;
            }
            keys.put(path, key);
        }
        return keys;
    }
}
