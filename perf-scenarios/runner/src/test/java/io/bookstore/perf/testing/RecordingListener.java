package io.bookstore.perf.testing;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers everything that an engine reports. */
public final class RecordingListener implements EngineListener {

    public final List<RunPlan> plans = new CopyOnWriteArrayList<>();
    public final List<Metric> metrics = new CopyOnWriteArrayList<>();
    public final List<Sample> samples = new CopyOnWriteArrayList<>();
    public final List<String> logs = new CopyOnWriteArrayList<>();
    public final List<Duration> arrivals = new CopyOnWriteArrayList<>();
    public final List<String> thrown = new CopyOnWriteArrayList<>();
    public final List<String> printed = new CopyOnWriteArrayList<>();

    @Override
    public void planned(RunPlan plan) {
        plans.add(plan);
    }

    @Override
    public void metric(Metric metric) {
        metrics.add(metric);
    }

    @Override
    public void sample(Sample sample) {
        samples.add(sample);
    }

    @Override
    public void log(String level, String message) {
        logs.add(level + " " + message);
    }

    @Override
    public void arrived(Duration late) {
        arrivals.add(late);
    }

    @Override
    public void threw(String message) {
        thrown.add(message);
    }

    @Override
    public void print(String text) {
        printed.add(text);
    }
}
