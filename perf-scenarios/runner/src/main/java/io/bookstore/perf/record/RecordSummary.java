package io.bookstore.perf.record;

import java.util.List;

/**
 * The records of a run in a few figures.
 *
 * @param slowest the slowest requests, the slowest first; at most ten
 * @param parts   each part of each class that has a record with it
 */
public record RecordSummary(List<RequestRecord> slowest, List<PartTimes> parts) {

    public RecordSummary {
        slowest = List.copyOf(slowest);
        parts = List.copyOf(parts);
    }

    /**
     * A part over all requests of a class, in milliseconds.
     *
     * @param requests the requests whose record has the part
     * @param sumMs    the sum over them
     */
    public record PartTimes(
            RequestRecord.Kind kind, Parts.Part part, long requests, double sumMs, double p50, double p95) {}
}
