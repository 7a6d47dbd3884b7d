package io.bookstore.perf.run;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.SampleSink;
import io.bookstore.perf.results.ErrorKind;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.results.sample.ExceptionRecorder;
import io.bookstore.perf.validity.Circumstances;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes everything on, and remembers what no sample tells: the plan, the delay of arrivals, exceptions, and the load of this machine. */
final class PlanCapture implements EngineListener {

    private final EngineListener next;
    private final SampleSink samples;
    private final GeneratorMeter meter;
    private final ArrivalMeter arrivals = new ArrivalMeter();
    private final ExceptionRecorder exceptions = new ExceptionRecorder();
    private volatile @Nullable RunPlan plan;

    /** @param samples gets each sample after {@code next} */
    PlanCapture(EngineListener next, SampleSink samples, GeneratorMeter meter) {
        this.next = next;
        this.samples = samples;
        this.meter = meter;
    }

    /** Null if the engine told none. */
    @Nullable
    RunPlan plan() {
        return plan;
    }

    /** Null for a load without arrivals. */
    Circumstances.@Nullable Arrivals arrivals() {
        return arrivals.arrivals();
    }

    /** Exceptions that ended iterations, by message. */
    List<ErrorKind> exceptions() {
        return exceptions.errors();
    }

    List<RunFacts.Load> loads() {
        RunPlan known = plan;
        return known == null
                ? List.of()
                : known.scenarios().stream().map(PlanCapture::load).toList();
    }

    static RunFacts.Load load(RunPlan.Scenario scenario) {
        return new RunFacts.Load(
                scenario.name(),
                scenario.executor(),
                scenario.openLoop(),
                scenario.peak(),
                scenario.duration(),
                scenario.startTime(),
                scenario.stages().stream()
                        .map(stage -> new RunFacts.Load.Stage(stage.duration(), stage.target()))
                        .toList());
    }

    @Override
    public void planned(RunPlan announced) {
        plan = announced;
        next.planned(announced);
    }

    @Override
    public void metric(Metric metric) {
        next.metric(metric);
        samples.metric(metric);
    }

    @Override
    public void sample(Sample sample) {
        meter.sample();
        next.sample(sample);
        samples.sample(sample);
    }

    @Override
    public void arrived(Duration late) {
        arrivals.arrived(late);
        next.arrived(late);
    }

    @Override
    public void threw(String message) {
        exceptions.add(message);
        next.threw(message);
    }

    @Override
    public void log(String level, String message) {
        next.log(level, message);
    }

    @Override
    public void print(String text) {
        next.print(text);
    }
}
