package io.bookstore.k6.options;

import io.bookstore.k6.script.ScriptFault;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads one entry of {@code options.scenarios}. */
final class ScenarioReader {
    static final Duration DEFAULT_GRACE = Duration.ofSeconds(30);
    static final Duration DEFAULT_MAX_DURATION = Duration.ofMinutes(10);

    private static final Set<String> COMMON =
            Set.of("executor", "startTime", "gracefulStop", "exec", "env", "tags", "options");

    private record Kind(Set<String> fields, Function<OptionsNode, ExecutorOptions> reader) {}

    private static final Map<String, Kind> KINDS = Map.of(
            "shared-iterations",
            new Kind(Set.of("vus", "iterations", "maxDuration"), ScenarioReader::sharedIterations),
            "per-vu-iterations",
            new Kind(Set.of("vus", "iterations", "maxDuration"), ScenarioReader::perVuIterations),
            "constant-vus",
            new Kind(Set.of("vus", "duration"), ScenarioReader::constantVus),
            "ramping-vus",
            new Kind(Set.of("stages", "startVUs", "gracefulRampDown"), ScenarioReader::rampingVus),
            "constant-arrival-rate",
            new Kind(
                    Set.of("rate", "timeUnit", "duration", "preAllocatedVUs", "maxVUs"),
                    ScenarioReader::constantArrivalRate),
            "ramping-arrival-rate",
            new Kind(
                    Set.of("startRate", "timeUnit", "stages", "preAllocatedVUs", "maxVUs"),
                    ScenarioReader::rampingArrivalRate));

    private ScenarioReader() {}

    static ScenarioOptions read(String name, OptionsNode node) {
        if (!name.matches("[0-9A-Za-z_-]+")) {
            throw ScriptFault.configuration(
                    "Scenario name '%s' may only have ASCII letters, digits, '_' and '-'.".formatted(name));
        }
        String executor = node.text("executor", "");
        Kind kind = KINDS.get(executor);
        if (kind == null) {
            throw ScriptFault.configuration("%s is '%s', which the embedded engine does not know; use one of %s."
                    .formatted(
                            node.place("executor"),
                            executor,
                            KINDS.keySet().stream().sorted().toList()));
        }
        Set<String> fields = new HashSet<>(COMMON);
        fields.addAll(kind.fields());
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
                kind.reader().apply(node),
                node.duration("startTime", Duration.ZERO),
                node.duration("gracefulStop", DEFAULT_GRACE),
                exec,
                node.textMap("env"),
                node.textMap("tags"));
    }

    private static ExecutorOptions sharedIterations(OptionsNode node) {
        int vus = node.atLeast(1, "vus", 1);
        int iterations = node.atLeast(1, "iterations", 1);
        if (iterations < vus) {
            throw ScriptFault.configuration(
                    "%s (%d) must not be smaller than vus (%d).".formatted(node.place("iterations"), iterations, vus));
        }
        return new ExecutorOptions.SharedIterations(vus, iterations, maxDuration(node));
    }

    private static ExecutorOptions perVuIterations(OptionsNode node) {
        return new ExecutorOptions.PerVuIterations(
                node.atLeast(1, "vus", 1), node.atLeast(1, "iterations", 1), maxDuration(node));
    }

    private static ExecutorOptions constantVus(OptionsNode node) {
        return new ExecutorOptions.ConstantVus(node.atLeast(1, "vus", 1), atLeastOneSecond(node));
    }

    private static ExecutorOptions rampingVus(OptionsNode node) {
        return new ExecutorOptions.RampingVus(
                node.atLeast(0, "startVUs", 1), node.stages(), node.duration("gracefulRampDown", DEFAULT_GRACE));
    }

    private static ExecutorOptions constantArrivalRate(OptionsNode node) {
        if (!node.has("rate")) {
            throw ScriptFault.configuration(node.place("rate") + " is missing; give it a whole number above 0.");
        }
        int preAllocated = preAllocatedVus(node);
        return new ExecutorOptions.ConstantArrivalRate(
                node.atLeast(1, "rate", 0),
                node.positive("timeUnit", Duration.ofSeconds(1)),
                atLeastOneSecond(node),
                preAllocated,
                maxVus(node, preAllocated));
    }

    private static ExecutorOptions rampingArrivalRate(OptionsNode node) {
        List<Stage> stages = node.stages();
        int preAllocated = preAllocatedVus(node);
        return new ExecutorOptions.RampingArrivalRate(
                node.atLeast(0, "startRate", 0),
                node.positive("timeUnit", Duration.ofSeconds(1)),
                stages,
                preAllocated,
                maxVus(node, preAllocated));
    }

    private static int preAllocatedVus(OptionsNode node) {
        if (!node.has("preAllocatedVUs")) {
            throw ScriptFault.configuration(node.place("preAllocatedVUs") + " is missing; give it a whole number.");
        }
        return node.atLeast(0, "preAllocatedVUs", 0);
    }

    private static int maxVus(OptionsNode node, int preAllocated) {
        int max = node.integer("maxVUs", preAllocated);
        if (max < Math.max(1, preAllocated)) {
            throw ScriptFault.configuration("%s must be at least 1 and not smaller than preAllocatedVUs (%d), was %d."
                    .formatted(node.place("maxVUs"), preAllocated, max));
        }
        return max;
    }

    private static Duration maxDuration(OptionsNode node) {
        return atLeastOneSecond(node, "maxDuration", DEFAULT_MAX_DURATION);
    }

    static Duration atLeastOneSecond(OptionsNode node, String key, Duration fallback) {
        return atLeastOneSecond(node.place(key), node.duration(key, fallback));
    }

    private static Duration atLeastOneSecond(OptionsNode node) {
        return atLeastOneSecond(node.place("duration"), node.required("duration"));
    }

    private static Duration atLeastOneSecond(String place, Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            throw ScriptFault.configuration("%s must be at least 1s, was %dms.".formatted(place, duration.toMillis()));
        }
        return duration;
    }
}
