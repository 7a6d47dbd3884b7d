package io.bookstore.perf.engine.k6;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.k6.run.RunPlan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a plan from what {@code k6 inspect --execution-requirements} prints. */
public final class K6Inspection {

    private static final Pattern part = Pattern.compile("([0-9.]+)(ms|us|µs|ns|h|m|s)");
    private static final Duration iterationLimit = Duration.ofMinutes(10);

    private K6Inspection() {}

    /** The plan; empty if the text is no inspection, as when the script does not parse. */
    public static Optional<RunPlan> plan(String inspection) {
        try {
            JsonNode options = new ObjectMapper().readTree(inspection);
            JsonNode scenarios = options.path("scenarios");
            List<RunPlan.Scenario> planned = new ArrayList<>();
            for (Map.Entry<String, JsonNode> scenario : scenarios.properties()) {
                planned.add(scenario(scenario.getKey(), scenario.getValue()));
            }
            // Shortcuts such as "vus" and "stages" are one scenario that k6 calls "default".
            if (planned.isEmpty() && options.isObject()) {
                planned.add(scenario("default", options));
            }
            return planned.isEmpty() ? Optional.empty() : Optional.of(new RunPlan(planned));
        } catch (IOException noInspection) {
            return Optional.empty();
        }
    }

    private static RunPlan.Scenario scenario(String name, JsonNode options) {
        List<RunPlan.Stage> stages = new ArrayList<>();
        for (JsonNode stage : options.path("stages")) {
            stages.add(new RunPlan.Stage(
                    duration(stage.path("duration")), stage.path("target").asInt()));
        }
        Duration fixed = options.has("duration") && !options.path("duration").isNull()
                ? duration(options.path("duration"))
                : options.path("maxDuration").isTextual() ? duration(options.path("maxDuration")) : iterationLimit;
        Duration total = stages.isEmpty()
                ? fixed
                : stages.stream().map(RunPlan.Stage::duration).reduce(Duration.ZERO, Duration::plus);
        String executor = executor(options, stages);
        double perMinute = 60 / Math.max(seconds(options, "timeUnit", 1), 1e-9);
        int vus = options.path("vus").asInt(1);
        double most = stages.stream().mapToInt(RunPlan.Stage::target).max().orElse(0);
        int peak = switch (executor) {
            case "ramping-vus" -> (int) Math.max(most, options.path("startVUs").asInt(1));
            case "constant-arrival-rate" ->
                (int) Math.round(options.path("rate").asInt() * perMinute);
            case "ramping-arrival-rate" ->
                (int) Math.round(Math.max(most, options.path("startRate").asInt()) * perMinute);
            default -> vus;
        };
        double volume = switch (executor) {
            case "shared-iterations" -> options.path("iterations").asDouble(1);
            case "per-vu-iterations" -> vus * options.path("iterations").asDouble(1);
            case "ramping-vus" -> RunPlan.area(options.path("startVUs").asInt(1), stages);
            case "constant-arrival-rate" -> options.path("rate").asDouble() * (total.toNanos() / 1e9) * perMinute / 60;
            case "ramping-arrival-rate" ->
                RunPlan.area(options.path("startRate").asInt(), stages) * perMinute / 60;
            default -> vus * (total.toNanos() / 1e9);
        };
        return new RunPlan.Scenario(name, executor, duration(options.path("startTime")), total, stages, peak, volume);
    }

    private static double seconds(JsonNode options, String field, double fallback) {
        return options.hasNonNull(field) ? duration(options.path(field)).toNanos() / 1e9 : fallback;
    }

    private static String executor(JsonNode options, List<RunPlan.Stage> stages) {
        if (options.path("executor").isTextual()) {
            return options.path("executor").asText();
        }
        return stages.isEmpty() ? "constant-vus" : "ramping-vus";
    }

    /** Go's notation: {@code 1h2m3.5s}; a number is milliseconds. */
    private static Duration duration(JsonNode value) {
        if (value.isNumber()) {
            return Duration.ofMillis(value.asLong());
        }
        double seconds = 0;
        Matcher matcher = part.matcher(value.asText(""));
        while (matcher.find()) {
            double amount = Double.parseDouble(matcher.group(1));
            seconds += switch (matcher.group(2)) {
                case "h" -> amount * 3600;
                case "m" -> amount * 60;
                case "s" -> amount;
                case "ms" -> amount / 1e3;
                case "us", "µs" -> amount / 1e6;
                default -> amount / 1e9;
            };
        }
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
