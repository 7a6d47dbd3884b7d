package io.bookstore.simulator.simulation;

import io.bookstore.simulator.journal.Attempt;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * The simulator's own punctuality and load, in Prometheus' text format. Thread-safe; counts since the start, which a
 * reset leaves alone, as a counter must never fall.
 */
public final class ServerMetrics {

    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    // Milliseconds; a chunk that is late by more than 10 ms spoils a measurement of time to first token.
    private static final double[] BOUNDS = {0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 1000};
    private static final double NANOS_PER_MILLI = 1e6;
    private static final String LATENESS = "llm_simulator_chunk_lateness_seconds";

    private final LongAdder[] buckets =
            Stream.generate(LongAdder::new).limit(BOUNDS.length + 1).toArray(LongAdder[]::new);
    private final LongAdder lateNanos = new LongAdder();
    private final LongAdder active = new LongAdder();
    private final Map<String, LongAdder> attempts = new ConcurrentSkipListMap<>();

    void countStart() {
        active.increment();
    }

    void countEnd(Attempt attempt) {
        active.decrement();
        String labels = "provider=\"" + attempt.asked().provider() + "\",outcome=\""
                + attempt.result().outcome().name().toLowerCase(Locale.ROOT) + "\"";
        attempts.computeIfAbsent(labels, none -> new LongAdder()).increment();
    }

    /** @param nanos between the due time of a chunk and its writing */
    void countChunk(long nanos) {
        int found = Arrays.binarySearch(BOUNDS, nanos / NANOS_PER_MILLI);
        buckets[found < 0 ? -found - 1 : found].increment();
        lateNanos.add(nanos);
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        describe(text, LATENESS, "histogram", "Between when a chunk of an answer was due and when it was written.");
        long count = 0;
        for (int i = 0; i < buckets.length; i++) {
            count += buckets[i].sum();
            String bound = i == BOUNDS.length ? "+Inf" : String.valueOf(BOUNDS[i] / 1000);
            text.append(LATENESS + "_bucket{le=\"")
                    .append(bound)
                    .append("\"} ")
                    .append(count)
                    .append('\n');
        }
        text.append(LATENESS + "_sum ").append(lateNanos.sum() / 1e9).append('\n');
        text.append(LATENESS + "_count ").append(count).append('\n');
        describe(text, "llm_simulator_requests_active", "gauge", "Requests that are being answered.");
        text.append("llm_simulator_requests_active ").append(active.sum()).append('\n');
        describe(text, "llm_simulator_attempts_total", "counter", "Requests that ended, by how.");
        attempts.forEach((labels, number) -> text.append("llm_simulator_attempts_total{")
                .append(labels)
                .append("} ")
                .append(number.sum())
                .append('\n'));
        return text.toString();
    }

    private static void describe(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }
}
