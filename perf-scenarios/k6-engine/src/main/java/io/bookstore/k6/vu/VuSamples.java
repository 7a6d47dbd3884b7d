package io.bookstore.k6.vu;

import io.bookstore.k6.http.HttpSession;
import io.bookstore.k6.metrics.SampleBatch;
import io.bookstore.perf.metrics.BuiltInMetrics;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The way of a virtual user's samples to the run, with its tags and its metadata. */
final class VuSamples {

    /** No machine is more punctual, and the metadata of a request costs a map. */
    private static final long SHORTEST_LATENESS_NANOS = 1_000_000;

    private final VirtualUser vu;
    private final HttpSession http;
    private final Cutoff cutoff;
    private long lateNanos;

    VuSamples(VirtualUser vu, HttpSession http, Cutoff cutoff) {
        this.vu = vu;
        this.http = http;
        this.cutoff = cutoff;
    }

    /** Says by how much the next iteration starts late; 0 for an iteration that has none to tell. */
    void startLate(long nanos) {
        lateNanos = nanos;
    }

    /** The metadata of the samples of a request that is sent now. */
    Map<String, String> requestMetadata() {
        Map<String, String> metadata = vu.tags().metadata();
        if (lateNanos < SHORTEST_LATENESS_NANOS || vu.phase() != Phase.ITERATION) {
            return metadata;
        }
        Map<String, String> late = new LinkedHashMap<>(metadata);
        late.put(Sample.LATE_MS, String.valueOf(Math.round(lateNanos / 1e3) / 1e3));
        lateNanos = 0;
        return Map.copyOf(late);
    }

    /** Hands over a sample of the script; nothing after the cut, and nothing from {@code handleSummary}. */
    void emit(Metric metric, double value, Map<String, String> sampleTags) {
        emit(new SampleBatch(
                vu.run().clock().now(), sampleTags, vu.tags().metadata(), List.of(metric), new double[] {value}));
    }

    void emit(SampleBatch batch) {
        if (!cutoff.isCut() && vu.phase() != Phase.SUMMARY) {
            vu.run().samples().accept(batch);
        }
    }

    /** Hands over the count and the duration of an iteration that is complete. */
    void emitIteration(long startNanos, long endNanos) {
        vu.run()
                .samples()
                .accept(new SampleBatch(
                        vu.run().clock().at(endNanos),
                        vu.tags().topLevel(),
                        vu.tags().metadata(),
                        List.of(BuiltInMetrics.ITERATION_DURATION, BuiltInMetrics.ITERATIONS),
                        new double[] {(endNanos - startNanos) / 1e6, 1}));
    }

    /** Hands over the bytes that were sent and received since the last time. */
    void emitBytes() {
        if (vu.phase() != Phase.SUMMARY) {
            vu.run()
                    .samples()
                    .accept(new SampleBatch(
                            vu.run().clock().now(),
                            vu.tags().plain(),
                            vu.tags().metadata(),
                            List.of(BuiltInMetrics.DATA_SENT, BuiltInMetrics.DATA_RECEIVED),
                            new double[] {http.bytes().takeSent(), http.bytes().takeReceived()}));
        }
    }
}
