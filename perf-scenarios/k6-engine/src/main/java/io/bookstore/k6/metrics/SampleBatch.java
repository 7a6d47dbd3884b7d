package io.bookstore.k6.metrics;

import io.bookstore.perf.metrics.Metric;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Values of several metrics that share time and tags, as the nine of a request do.
 *
 * @param tags   shared between batches of the same kind; the consumer caches by identity
 * @param values one for each metric; never changed after construction
 */
@SuppressWarnings("ArrayRecordComponent") // one batch per request: an array is a third of a list of boxed values
public record SampleBatch(Instant time, Map<String, String> tags, List<Metric> metrics, double[] values) {

    public static SampleBatch of(Instant time, Map<String, String> tags, Metric metric, double value) {
        return new SampleBatch(time, tags, List.of(metric), new double[] {value});
    }
}
