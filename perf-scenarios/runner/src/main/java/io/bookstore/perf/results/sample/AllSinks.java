package io.bookstore.perf.results.sample;

import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.SampleSink;
import java.util.List;

/** Hands every sample to each of several sinks. */
public record AllSinks(List<SampleSink> sinks) implements SampleSink {

    public AllSinks {
        sinks = List.copyOf(sinks);
    }

    @Override
    public void metric(Metric metric) {
        sinks.forEach(sink -> sink.metric(metric));
    }

    @Override
    public void sample(Sample sample) {
        sinks.forEach(sink -> sink.sample(sample));
    }
}
