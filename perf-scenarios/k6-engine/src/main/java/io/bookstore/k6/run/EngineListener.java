package io.bookstore.k6.run;

import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.SampleSink;
import java.time.Duration;

/**
 * Watches a run while it goes on: every sample that is written to the samples file passes here too. Calls come from one
 * thread at a time, in order, except for {@link #arrived} and {@link #threw}. Each method ignores its call unless overridden.
 */
public interface EngineListener extends SampleSink {

    /** Called once, after the options are known and before {@code setup()}. */
    default void planned(RunPlan plan) {}

    @Override
    default void metric(Metric metric) {}

    @Override
    default void sample(Sample sample) {}

    /**
     * Takes the start of an iteration of an arrival-rate executor, and how much later than planned it was. Called by the
     * threads of the virtual users, so by several at once.
     */
    default void arrived(Duration late) {}

    /** Takes the message of an exception that ended an iteration, beside its line in the log; called as {@link #arrived} is. */
    default void threw(String message) {}

    /** Takes a line for the user: {@code console.log} and the engine's own warnings; {@code level} as k6 names it. */
    default void log(String level, String message) {}

    /** Takes text for standard output: the end-of-test summary, or the text that {@code handleSummary} returned for {@code stdout}. */
    default void print(String text) {}
}
