package io.bookstore.perf.progress;

import io.bookstore.k6.run.EngineRun;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.run.RunWatcher;
import io.bookstore.perf.slo.Goodput;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Passes on everything but k6's end-of-test text, which one run of many needs not print. */
public record WithoutSummary(RunWatcher next) implements RunWatcher {

    @Override
    public void print(String text) {
        // The report of the run has it all.
    }

    @Override
    public void showPhase(String text) {
        next.showPhase(text);
    }

    @Override
    public void quiet() {
        next.quiet();
    }

    @Override
    public void loading(URI service) {
        next.loading(service);
    }

    @Override
    public void simulated(URI simulator) {
        next.simulated(simulator);
    }

    @Override
    public void judging(Supplier<Optional<Goodput>> soFar) {
        next.judging(soFar);
    }

    @Override
    public void started(EngineRun run) {
        next.started(run);
    }

    @Override
    public void ended() {
        next.ended();
    }

    @Override
    public void planned(RunPlan plan) {
        next.planned(plan);
    }

    @Override
    public void metric(Metric metric) {
        next.metric(metric);
    }

    @Override
    public void sample(Sample sample) {
        next.sample(sample);
    }

    @Override
    public void arrived(Duration late) {
        next.arrived(late);
    }

    @Override
    public void threw(String message) {
        next.threw(message);
    }

    @Override
    public void log(String level, String message) {
        next.log(level, message);
    }
}
