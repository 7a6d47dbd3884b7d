package io.bookstore.perf.engine.embedded;

import io.bookstore.perf.engine.EngineListener;
import io.bookstore.perf.engine.RunPlan;
import io.bookstore.perf.samples.Metric;
import io.bookstore.perf.samples.Sample;

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
