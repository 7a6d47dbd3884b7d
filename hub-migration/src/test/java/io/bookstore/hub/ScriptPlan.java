package io.bookstore.hub;

import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.Inspection;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.scenario.Scenario;
import io.bookstore.perf.scenario.Scenarios;
import io.bookstore.testing.Checkout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The plan of a script by its own options; nothing of it is run. */
record ScriptPlan(RunPlan plan, Map<String, List<String>> thresholds) {

    static final Path scripts = Checkout.scripts();

    static ScriptPlan of(String script, Map<String, String> variables) {
        EngineRequest request = new EngineRequest(scripts.resolve(script), variables, Path.of("not-written"));
        Inspection inspection = new EmbeddedEngine(Map.of()).inspect(request);
        RunPlan plan = inspection
                .known()
                .orElseThrow(() -> new AssertionError("no plan for " + script + ": " + inspection.problem()));
        return new ScriptPlan(plan, inspection.thresholds());
    }

    static ScriptPlan ofScenario(String name, Map<String, String> variables) {
        Scenario scenario = Scenarios.in(scripts).named(name).get(0);
        Map<String, String> env = new TreeMap<>(scenario.env());
        env.putAll(variables);
        return of(scenario.script(), env);
    }

    Duration duration() {
        return plan.duration();
    }

    /** Such as {@code 30s to 1, 2m to 2, 30s to 0}. */
    String stages() {
        return plan.scenarios().get(0).stages().stream()
                .map(stage -> text(stage.duration()) + " to " + stage.target())
                .collect(Collectors.joining(", "));
    }

    int mostUsers() {
        return plan.scenarios().get(0).stages().stream()
                .mapToInt(RunPlan.Stage::target)
                .max()
                .orElse(0);
    }

    /** The number of iterations that an open loop starts or drops: the whole arrivals under the line of its stages. */
    long arrivals() {
        // Volumes are sums of fractions, and a start that is due at the very end counts.
        return (long) Math.floor(plan.scenarios().get(0).volume() + 1e-6);
    }

    Set<String> limits(String metric) {
        return new TreeSet<>(thresholds.getOrDefault(metric, List.of()));
    }

    private static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
