package io.bookstore.perf.metrics;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a reader hands over. */
final class CollectedSamples implements SampleSink {
    private final List<Metric> metrics = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();

    List<Metric> metrics() {
        return metrics;
    }

    List<Sample> samples() {
        return samples;
    }

    @Override
    public void metric(Metric metric) {
        metrics.add(metric);
    }

    @Override
    public void sample(Sample sample) {
        samples.add(sample);
    }
}
