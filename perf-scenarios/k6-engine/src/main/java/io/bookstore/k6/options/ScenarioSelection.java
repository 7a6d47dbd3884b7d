package io.bookstore.k6.options;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.k6.run.LoadFlags;
import io.bookstore.k6.script.ScriptFault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The parts of a script that {@code --scenario} and {@code --once} leave, as k6 has them since 2.3. */
final class ScenarioSelection {

    private static final List<String> SHORTCUTS = List.of("vus", "duration", "iterations", "stages");
    private static final List<String> VARIABLES = List.of("K6_VUS", "K6_DURATION", "K6_ITERATIONS", "K6_STAGES");

    private final LoadFlags flags;
    private final List<String> warnings;
    private Set<String> excluded = Set.of();

    /** @param warnings receives a sentence for everything that is left out */
    ScenarioSelection(LoadFlags flags, List<String> warnings) {
        this.flags = flags;
        this.warnings = warnings;
    }

    /** Takes the shortcuts out of a script's options if it runs once. */
    void overrideIn(ObjectNode script) {
        if (flags.once()) {
            warnOf(SHORTCUTS.stream().filter(script::hasNonNull).toList());
            script.remove(SHORTCUTS);
        }
    }

    /** Returns the environment without shortcuts if the script runs once. */
    Map<String, String> overrideIn(Map<String, String> environment) {
        if (!flags.once()) {
            return environment;
        }
        warnOf(VARIABLES.stream().filter(environment::containsKey).toList());
        Map<String, String> left = new LinkedHashMap<>(environment);
        left.keySet().removeAll(VARIABLES);
        return left;
    }

    private void warnOf(List<String> overridden) {
        if (!overridden.isEmpty()) {
            warnings.add("--once overrides " + String.join(", ", overridden) + ".");
        }
    }

    /** @throws ScriptFault with exit code 104 for a name that the script lacks, and for several scenarios to run once */
    List<ScenarioOptions> of(List<ScenarioOptions> scenarios, UnaryOperator<ScenarioOptions> once) {
        List<String> names = scenarios.stream().map(ScenarioOptions::name).toList();
        for (String name : flags.scenarios()) {
            if (!names.contains(name)) {
                throw ScriptFault.configuration("--scenario '%s' is none of the script's: %s.".formatted(name, names));
            }
        }
        List<ScenarioOptions> selected = scenarios.stream()
                .filter(scenario ->
                        flags.scenarios().isEmpty() || flags.scenarios().contains(scenario.name()))
                .toList();
        if (flags.once() && flags.scenarios().isEmpty() && selected.size() > 1) {
            throw ScriptFault.configuration(
                    "--once runs a single scenario, and the script has %s; select with --scenario.".formatted(names));
        }
        excluded = names.stream()
                .filter(name ->
                        selected.stream().noneMatch(scenario -> scenario.name().equals(name)))
                .collect(Collectors.toSet());
        return flags.once() ? selected.stream().map(once).toList() : selected;
    }

    /** Leaves out the thresholds on scenarios that do not run: nothing could be measured for them. */
    Map<String, List<ThresholdOptions>> thresholds(Map<String, List<ThresholdOptions>> all) {
        Map<String, List<ThresholdOptions>> left = new LinkedHashMap<>();
        all.forEach((metric, expressions) -> {
            if (isOnExcluded(metric)) {
                warnings.add("The threshold on " + metric + " is left out: its scenario does not run.");
            } else {
                left.put(metric, expressions);
            }
        });
        return left;
    }

    private boolean isOnExcluded(String metric) {
        int tags = metric.indexOf('{');
        return tags > 0
                && metric.endsWith("}")
                && List.of(metric.substring(tags + 1, metric.length() - 1).split(",", -1)).stream()
                        .map(String::strip)
                        .anyMatch(tag -> tag.startsWith("scenario:")
                                && excluded.contains(
                                        tag.substring("scenario:".length()).strip()));
    }
}
