package io.bookstore.k6.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The amount of load, as k6's flags of the same names have it. What is given goes before {@code K6_*} variables and the
 * script's options; any of duration, iterations and stages replaces the other two and the scenarios.
 *
 * @param vus        virtual users; null if not given
 * @param duration   in k6's notation, such as {@code 1m30s}; null if not given
 * @param iterations shared by the virtual users; null if not given
 * @param stages     each as {@code duration:target}; empty if not given
 * @param scenarios  names of the script's scenarios that run; empty for all of them
 * @param once       whether a scenario is run by one virtual user in one iteration, whatever load it has
 */
public record LoadFlags(
        @Nullable Integer vus,
        @Nullable String duration,
        @Nullable Integer iterations,
        List<String> stages,
        List<String> scenarios,
        boolean once) {

    /** The amount that the script says. */
    public static final LoadFlags NONE = new LoadFlags(null, null, null, List.of());

    // k6's default for a scenario that counts iterations.
    private static final Duration LONGEST_ITERATION = Duration.ofMinutes(10);

    public LoadFlags {
        stages = List.copyOf(stages);
        scenarios = List.copyOf(scenarios);
    }

    /** Flags that replace the load of a script, if they replace anything. */
    public LoadFlags(
            @Nullable Integer vus, @Nullable String duration, @Nullable Integer iterations, List<String> stages) {
        this(vus, duration, iterations, stages, List.of(), false);
    }

    /** Flags that run parts of a script, or run it once. */
    public static LoadFlags selecting(List<String> scenarios, boolean once) {
        return new LoadFlags(null, null, null, List.of(), scenarios, once);
    }

    /** Returns the same with this number of virtual users. */
    public LoadFlags withVus(int users) {
        return new LoadFlags(users, duration, iterations, stages, scenarios, once);
    }

    /**
     * Returns the same with this length.
     *
     * @param length in k6's notation, such as {@code 1m30s}
     */
    public LoadFlags withDuration(String length) {
        return new LoadFlags(vus, length, iterations, stages, scenarios, once);
    }

    /** Returns the same with this number of iterations, which all virtual users share. */
    public LoadFlags withIterations(int shared) {
        return new LoadFlags(vus, duration, shared, stages, scenarios, once);
    }

    /** The same as k6's variables, {@code K6_VUS} and so on; a selection has none. */
    public Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        if (vus != null) {
            variables.put("K6_VUS", vus.toString());
        }
        if (duration != null) {
            variables.put("K6_DURATION", duration);
        }
        if (iterations != null) {
            variables.put("K6_ITERATIONS", iterations.toString());
        }
        if (!stages.isEmpty()) {
            variables.put("K6_STAGES", String.join(",", stages));
        }
        return variables;
    }

    /** The same as arguments of {@code k6 run}. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        variables().forEach((variable, value) -> {
            arguments.add(
                    variable.equals("K6_STAGES")
                            ? "--stage"
                            : "--" + variable.substring(3).toLowerCase(Locale.ROOT));
            arguments.add(value);
        });
        selection().forEach((flag, value) -> arguments.add(flag + "=" + value));
        return arguments;
    }

    /** The flags that select, by their names: {@code --scenario} and {@code --once}, each if given. */
    public Map<String, String> selection() {
        Map<String, String> selection = new LinkedHashMap<>();
        if (!scenarios.isEmpty()) {
            selection.put("--scenario", String.join(",", scenarios));
        }
        if (once) {
            selection.put("--once", "true");
        }
        return selection;
    }

    /** Returns what is left of a script's plan when the selected scenarios run, or run once. */
    public RunPlan selectedOf(RunPlan plan) {
        return new RunPlan(
                plan.scenarios().stream()
                        .filter(scenario -> scenarios.isEmpty() || scenarios.contains(scenario.name()))
                        .map(scenario -> once ? onceOnly(scenario.name()) : scenario)
                        .toList(),
                plan.minIterationDuration());
    }

    private static RunPlan.Scenario onceOnly(String name) {
        return new RunPlan.Scenario(name, "shared-iterations", Duration.ZERO, LONGEST_ITERATION, 1, 1);
    }
}
