package io.bookstore.perf.report;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Counts requests that are under way at a moment, in steps of 100 ms, and of twice as much whenever a run has too many of them.
 * Not thread-safe.
 */
final class UnderWay {

    private static final int MOST_STEPS = 20_000;

    private long millis = 100;
    private NavigableMap<Long, Integer> changes = new TreeMap<>();

    void add(Instant start, double latencyMs) {
        change(start, 1);
        change(start.plusNanos(Math.round(latencyMs * 1e6)), -1);
        if (changes.size() > MOST_STEPS) {
            widen();
        }
    }

    private void change(Instant moment, int by) {
        changes.merge(step(moment), by, Integer::sum);
    }

    private void widen() {
        millis *= 2;
        NavigableMap<Long, Integer> wider = new TreeMap<>();
        changes.forEach((step, change) -> wider.merge(Math.floorDiv(step, 2), change, Integer::sum));
        changes = wider;
    }

    private long step(Instant moment) {
        return Math.floorDiv(moment.toEpochMilli(), millis);
    }

    boolean empty() {
        return changes.isEmpty();
    }

    /** The number at any moment, of the requests so far. */
    ToIntFunction<Instant> numbers() {
        NavigableMap<Long, Integer> numbers = new TreeMap<>();
        int number = 0;
        for (Map.Entry<Long, Integer> each : changes.entrySet()) {
            number += each.getValue();
            numbers.put(each.getKey(), number);
        }
        return moment -> {
            Map.Entry<Long, Integer> last = numbers.floorEntry(step(moment));
            return last == null ? 0 : last.getValue();
        };
    }
}
