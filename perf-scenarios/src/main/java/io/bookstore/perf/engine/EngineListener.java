package io.bookstore.perf.engine;

import io.bookstore.perf.samples.Metric;
import io.bookstore.perf.samples.Sample;

/**
 * Watches a run while it goes on. Calls come from one thread at a time, in order; an implementation must be quick, for
 * every sample passes here.
 */
public interface EngineListener {

    /** Once, after the options are known and before {@code setup()}. */
    void planned(RunPlan plan);

    /** Once for each metric, before its first sample. */
    void metric(Metric metric);

    /** Every sample, also written to the samples file. */
    void sample(Sample sample);

    /** A line for the person who waits: {@code console.log} and the engine's own warnings; {@code level} as k6 names it. */
    void log(String level, String message);

    /** Text for standard output: the end-of-test summary, or what {@code handleSummary} returned for {@code stdout}. */
    void print(String text);
}
