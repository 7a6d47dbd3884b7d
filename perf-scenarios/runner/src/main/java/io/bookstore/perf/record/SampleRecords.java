package io.bookstore.perf.record;

import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.SampleSink;
import java.util.function.Consumer;

/** Makes records from samples alone, as those of a run that is over. Time is that of the samples. Not thread-safe. */
public final class SampleRecords implements SampleSink {

    private static final long ROUND_NANOS = 1_000_000_000;

    private final RequestJoin join;
    private long now;
    private long swept;

    /** @param records gets each record when its samples are complete */
    public SampleRecords(Consumer<RequestRecord> records) {
        this.join = new RequestJoin(() -> now, false, records);
    }

    @Override
    public void metric(Metric metric) {}

    @Override
    public void sample(Sample sample) {
        if (sample.metadata().isEmpty()) {
            return;
        }
        now = Math.max(
                now,
                sample.time().getEpochSecond() * 1_000_000_000 + sample.time().getNano());
        join.add(sample);
        if (now - swept > ROUND_NANOS) {
            swept = now;
            join.sweep();
        }
    }

    /** Hands over the records of the last requests. */
    public void finish() {
        join.end();
    }
}
