package io.bookstore.perf.results.sample;

import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.SampleSink;

/** Hands every sample to one sink and then to others. */
record AllSinks(SampleSink first, SampleSink... others) implements SampleSink {

    @Override
    public void metric(Metric metric) {
        first.metric(metric);
        for (SampleSink other : others) {
            other.metric(metric);
        }
    }

    @Override
    public void sample(Sample sample) {
        first.sample(sample);
        for (SampleSink other : others) {
            other.sample(sample);
        }
    }
}
