package io.bookstore.hub;

import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.progress.LiveProgress;
import io.bookstore.perf.progress.ProgressStyle;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.perf.run.Scenario;
import io.bookstore.perf.run.ScenarioRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/**
 * A named scenario on the embedded engine inside this JVM: as the packaged runner does it, and without its start.
 *
 * @param log what a person would have seen
 */
record ScenarioRun(RunResult result, Path folder, String log) {

    private static final Path scripts = Path.of("..", "perf-scenarios", "k6");

    static ScenarioRun of(String name, Map<String, String> variables, String baseUrl, Path folder)
            throws InterruptedException {
        Scenario scenario = Scenario.named(name).get(0);
        Map<String, String> env = new TreeMap<>(scenario.env());
        env.putAll(variables);
        StringWriter log = new StringWriter();
        RunOrder order = new RunOrder(
                name,
                scripts.resolve(scenario.script()),
                env,
                scenario.serviceEnv(),
                URI.create(baseUrl),
                0,
                Path.of("not-started"),
                folder,
                Double.POSITIVE_INFINITY);
        ScenarioRunner runner = new ScenarioRunner(
                new EngineChoice(new EmbeddedEngine(Map.of()), "for a test"), Clock.systemUTC(), bill -> {
                    throw new AssertionError("not simulated: " + bill.sentence());
                });
        try (LiveProgress progress = new LiveProgress(
                name, new ProgressStyle(false, false, false), new PrintWriter(log), Clock.systemUTC(), run -> {})) {
            return new ScenarioRun(runner.run(order, progress), folder, log.toString());
        }
    }
}
