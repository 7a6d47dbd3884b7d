package io.bookstore.k6.run;

import io.bookstore.perf.metrics.SampleSink;

/**
 * Watches a run while it goes on: every sample that is written to the samples file passes here too. Calls come from one
 * thread at a time, in order.
 */
public interface EngineListener extends SampleSink {

    /** Once, after the options are known and before {@code setup()}. */
    void planned(RunPlan plan);

    /** A line for the person who waits: {@code console.log} and the engine's own warnings; {@code level} as k6 names it. */
    void log(String level, String message);

    /** Text for standard output: the end-of-test summary, or what {@code handleSummary} returned for {@code stdout}. */
    void print(String text);
}
