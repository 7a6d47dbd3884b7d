package io.bookstore.k6.executor;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.k6.options.ExecutorOptions;
import io.bookstore.k6.options.OptionsNode;
import io.bookstore.k6.options.ScenarioOptions;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.k6.script.ScriptFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code options.scenarios}, or the shortcuts that stand for one scenario. */
public final class ScenarioReader {
    static final Duration DEFAULT_GRACE = Duration.ofSeconds(30);
    static final Duration DEFAULT_MAX_DURATION = Duration.ofMinutes(10);

    private static final Set<String> COMMON =
            Set.of("executor", "startTime", "gracefulStop", "exec", "env", "tags", "options");

    private ScenarioReader() {}

    /** @throws ScriptFault with exit code 104 for everything that this engine does not run */
    public static List<ScenarioOptions> read(OptionsNode options) {
        refuseTogether(options, "duration", "stages");
        refuseTogether(options, "iterations", "stages");
        refuseTogether(options, "duration", "scenarios");
        refuseTogether(options, "iterations", "scenarios");
        refuseTogether(options, "stages", "scenarios");
        List<ScenarioOptions> scenarios = new ArrayList<>();
        options.object("scenarios").ifPresent(map -> {
            for (String name : map.keys()) {
                OptionsNode scenario = map.object(name)
                        .orElseThrow(
                                () -> ScriptFault.configuration(map.place(name) + " must be an object, was null."));
                scenarios.add(read(name, scenario));
            }
        });
        if (scenarios.isEmpty()) {
            scenarios.add(unnamed(Shortcuts.read(options)));
        }
        return scenarios;
    }

    /** Returns one iteration of the scenario by one virtual user, as {@code --once} runs it. */
    public static ScenarioOptions once(ScenarioOptions scenario) {
        return new ScenarioOptions(
                scenario.name(),
                new SharedIterations(1, 1, DEFAULT_MAX_DURATION),
                Duration.ZERO,
                DEFAULT_GRACE,
                scenario.exec(),
                PlannedArrivals.without(scenario.env()),
                scenario.tags());
    }

    /** Plans what this engine is going to run. */
    public static RunPlan.Scenario plan(ScenarioOptions scenario) {
        return PlannedArrivals.plan(scenario.name(), scenario.startTime(), scenario.env())
                .orElseGet(() ->
                        plan(scenario.name(), scenario.executor().name(), scenario.startTime(), scenario.executor()));
    }

    /**
     * Plans what k6 is going to run.
     *
     * @param printed options that k6 has checked and printed; what only k6 can do is no reason to refuse them
     */
    public static RunPlan plan(JsonNode printed) {
        OptionsNode options = new OptionsNode("options", printed);
        List<RunPlan.Scenario> scenarios = new ArrayList<>();
        options.object("scenarios").ifPresent(map -> {
            for (String name : map.keys()) {
                map.object(name).ifPresent(scenario -> scenarios.add(plan(name, scenario)));
            }
        });
        if (scenarios.isEmpty()) {
            scenarios.add(plan(unnamed(Shortcuts.read(options))));
        }
        return new RunPlan(scenarios, options.duration("minIterationDuration", Duration.ZERO));
    }

    private static RunPlan.Scenario plan(String name, OptionsNode scenario) {
        Duration startTime = scenario.duration("startTime", Duration.ZERO);
        return PlannedArrivals.plan(name, startTime, scenario.textMap("env"))
                .orElseGet(() -> planOfExecutor(name, startTime, scenario));
    }

    private static RunPlan.Scenario planOfExecutor(String name, Duration startTime, OptionsNode scenario) {
        String asked = scenario.text("executor", "");
        Executor executor = ExecutorTypes.named(asked)
                .map(type -> type.reader().apply(scenario))
                // Of an executor that only k6 has, the users and the duration are all that can be said.
                .orElseGet(() -> new ConstantVus(
                        scenario.integer("vus", 1), scenario.duration("duration", DEFAULT_MAX_DURATION)));
        return plan(name, asked, startTime, executor);
    }

    static RunPlan.Scenario plan(String name, String executorName, Duration startTime, ExecutorOptions executor) {
        return new RunPlan.Scenario(
                name,
                executorName,
                startTime,
                executor.duration(),
                executor.start(),
                executor.stages(),
                executor.peak(),
                executor.volume());
    }

    private static void refuseTogether(OptionsNode options, String one, String other) {
        if (options.has(one) && options.has(other)) {
            throw ScriptFault.configuration(
                    "options.%s and options.%s exclude each other; keep one of them.".formatted(one, other));
        }
    }

    private static ScenarioOptions unnamed(Executor executor) {
        return new ScenarioOptions("default", executor, Duration.ZERO, DEFAULT_GRACE, "default", Map.of(), Map.of());
    }

    private static ScenarioOptions read(String name, OptionsNode node) {
        if (!name.matches("[0-9A-Za-z_-]+")) {
            throw ScriptFault.configuration(
                    "Scenario name '%s' may only have ASCII letters, digits, '_' and '-'.".formatted(name));
        }
        String executor = node.text("executor", "");
        ExecutorType type = ExecutorTypes.named(executor)
                .orElseThrow(() ->
                        ScriptFault.configuration("%s is '%s', which the embedded engine does not know; use one of %s."
                                .formatted(node.place("executor"), executor, ExecutorTypes.names())));
        Set<String> fields = new HashSet<>(COMMON);
        fields.addAll(type.fields());
        node.allowOnly(
                fields,
                "a " + executor + " scenario has " + fields.stream().sorted().toList());
        if (node.object("options").map(options -> !options.keys().isEmpty()).orElse(false)) {
            throw ScriptFault.configuration(
                    node.place("options")
                            + " asks for the browser, which the embedded engine does not have; run this script with k6 itself.");
        }
        String exec = node.text("exec", "default");
        if (exec.isEmpty()) {
            throw ScriptFault.configuration(node.place("exec") + " must name an exported function, was empty.");
        }
        return new ScenarioOptions(
                name,
                type.reader().apply(node),
                node.duration("startTime", Duration.ZERO),
                node.duration("gracefulStop", DEFAULT_GRACE),
                exec,
                node.textMap("env"),
                node.textMap("tags"));
    }
}
