package io.bookstore.k6.metrics;

import io.bookstore.perf.metrics.Metric;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Values of several metrics that share time, tags and metadata, as the nine of a request do.
 *
 * @param tags   shared between batches of the same kind; the consumer caches by identity
 * @param metadata that of the virtual user; shared between batches until the script changes it
 * @param values one for each metric; never changed after construction
 */
@SuppressWarnings("ArrayRecordComponent") // one batch per request: an array is a third of a list of boxed values
public record SampleBatch(
        Instant time, Map<String, String> tags, Map<String, String> metadata, List<Metric> metrics, double[] values) {

    /** Values of the run or a scenario, which have no virtual user. */
    public SampleBatch(Instant time, Map<String, String> tags, List<Metric> metrics, double[] values) {
        this(time, tags, Map.of(), metrics, values);
    }

    public static SampleBatch of(Instant time, Map<String, String> tags, Metric metric, double value) {
        return new SampleBatch(time, tags, List.of(metric), new double[] {value});
    }
}
