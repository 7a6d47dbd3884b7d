package io.bookstore.perf.testing;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;

/** For tests that read files rather than watch. */
public final class SilentListener implements EngineListener {

    @Override
    public void planned(RunPlan plan) {}

    @Override
    public void metric(Metric metric) {}

    @Override
    public void sample(Sample sample) {}

    @Override
    public void log(String level, String message) {}

    @Override
    public void print(String text) {}
}
