package io.bookstore.perf.metrics;

/** Takes metrics and samples one after the other, in the order in which they were measured. */
public interface SampleSink {

    /** Takes everything and keeps nothing. */
    SampleSink NONE = new SampleSink() {
        @Override
        public void metric(Metric metric) {}

        @Override
        public void sample(Sample sample) {}
    };

    /** Once for each metric, before its first sample. */
    void metric(Metric metric);

    /** Every sample; an implementation must be quick, for a run may have millions. */
    void sample(Sample sample);
}
