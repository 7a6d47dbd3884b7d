package io.bookstore.k6;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;

/** For a warm-up, and for a look at a script, whose init code says the same again when it runs. */
final class Unheard implements EngineListener {
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
