package io.bookstore.simulator.simulation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts how often a request key has been seen, so that a retry draws afresh and still repeatably. Thread-safe.
 *
 * <p>Remembers the keys seen last; one that was forgotten starts again from 1.
 */
final class Occurrences {

    private static final int MAX_KEYS = 200_000;

    private final Map<String, Integer> counts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MAX_KEYS;
        }
    };

    synchronized int next(String requestKey) {
        return counts.merge(requestKey, 1, Integer::sum);
    }
}
