package io.bookstore.perf.metrics;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A measured value: a {@code Point} of k6's JSON lines.
 *
 * @param metric name of the metric
 * @param time   when it was taken; for a request, its end
 * @param value  in the metric's unit; a rate sample is 1 or 0
 * @param tags   k6's system tags and the script's own
 * @param metadata the script's {@code exec.vu.metrics.metadata}, such as the id of a trace; no part of a series
 */
public record Sample(
        String metric, Instant time, double value, Map<String, String> tags, Map<String, String> metadata) {

    /**
     * The key of the metadata with the milliseconds by which the first request of an iteration was late, because its arrival
     * rate had planned the iteration for an earlier moment. The embedded engine writes it; k6 does not.
     */
    public static final String LATE_MS = "late_ms";

    public Sample {
        tags = Map.copyOf(tags);
        metadata = Map.copyOf(metadata);
    }

    /** A sample without metadata. */
    public Sample(String metric, Instant time, double value, Map<String, String> tags) {
        this(metric, time, value, tags, Map.of());
    }

    /** Milliseconds between the moment for which this request was planned and its start; null if it is not known. */
    public @Nullable Double lateMs() {
        String late = metadata.get(LATE_MS);
        try {
            return late == null ? null : Double.valueOf(late);
        } catch (NumberFormatException metadataOfAScript) {
            return null;
        }
    }

    /** True if it was taken in {@code setup()} or {@code teardown()}, which are no part of the load; k6 puts them in groups. */
    public boolean outsideOfTheLoad() {
        String group = tags.getOrDefault("group", "");
        return group.startsWith("::setup") || group.startsWith("::teardown");
    }
}
