package io.bookstore.perf.samples;

/** Takes metrics and samples one after the other, in the order in which they were measured. */
public interface SampleSink {

    /** Once for each metric, before its first sample. */
    void metric(Metric metric);

    /** Every sample; an implementation must be quick, for a run may have millions. */
    void sample(Sample sample);
}
