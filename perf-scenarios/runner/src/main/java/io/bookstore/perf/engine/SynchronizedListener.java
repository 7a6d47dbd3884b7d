package io.bookstore.perf.engine;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;
import java.time.Duration;

/** Lets several threads feed a listener that expects one at a time. */
public final class SynchronizedListener implements EngineListener {

    private final EngineListener listener;

    public SynchronizedListener(EngineListener listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void planned(RunPlan plan) {
        listener.planned(plan);
    }

    @Override
    public synchronized void metric(Metric metric) {
        listener.metric(metric);
    }

    @Override
    public synchronized void sample(Sample sample) {
        listener.sample(sample);
    }

    @Override
    public synchronized void arrived(Duration late) {
        listener.arrived(late);
    }

    @Override
    public synchronized void threw(String message) {
        listener.threw(message);
    }

    @Override
    public synchronized void log(String level, String message) {
        listener.log(level, message);
    }

    @Override
    public synchronized void print(String text) {
        listener.print(text);
    }
}
