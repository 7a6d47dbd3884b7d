package io.bookstore.perf.scripts;

import io.bookstore.k6.run.EngineRequest;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.SampleReader;
import io.bookstore.perf.metrics.SampleSink;
import io.bookstore.perf.progress.LiveProgress;
import io.bookstore.perf.progress.ProgressStyle;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.run.Bill;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.perf.run.ScenarioRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs of scripts of the kit on the embedded engine, judged by the limits of the script; what they leave is in one folder. */
final class KitScriptRuns {

    /** The script of one summary after the other. */
    static final Path SUMMARIES = Path.of("k6", "tests", "ai-summary.js");

    private final StringWriter log = new StringWriter();
    private final List<Bill> bills = new ArrayList<>();

    /** Returns the engine that runs so many iterations in place of the script's scenarios. */
    static EmbeddedEngine iterations(int count, int users) {
        return new EmbeddedEngine(Map.of("K6_ITERATIONS", String.valueOf(count), "K6_VUS", String.valueOf(users)));
    }

    /** Runs a script against a service whose answers cost nothing. */
    RunResult run(RunOrder.Script script, URI service, Path folder, EmbeddedEngine engine) throws InterruptedException {
        return run(script, new RunOrder.Service(service, folder, Map.of(), false), folder, engine);
    }

    RunResult run(RunOrder.Script script, RunOrder.Service service, Path folder, EmbeddedEngine engine)
            throws InterruptedException {
        RunOrder order = new RunOrder("any", script, service, folder, RunOrder.Rules.OF_THE_SCRIPT);
        ScenarioRunner runner =
                new ScenarioRunner(new EngineChoice(engine, "for a test"), Clock.systemUTC(), bills::add);
        try (LiveProgress progress = new LiveProgress(
                "any", new ProgressStyle(false, false, false), new PrintWriter(log), Clock.systemUTC(), run -> {})) {
            return runner.run(order, progress);
        }
    }

    /** Returns the lines that a person would have seen. */
    String log() {
        return log.toString();
    }

    /** Returns the bills that a person would have agreed to. */
    List<Bill> bills() {
        return bills;
    }

    /** Returns the samples of a metric in the folder of a run. */
    static List<Sample> samples(Path folder, String metric) throws IOException {
        List<Sample> samples = new ArrayList<>();
        SampleReader.read(EngineRequest.samplesIn(folder), new SampleSink() {
            @Override
            public void metric(Metric announced) {}

            @Override
            public void sample(Sample sample) {
                if (sample.metric().equals(metric)) {
                    samples.add(sample);
                }
            }
        });
        return samples;
    }
}
