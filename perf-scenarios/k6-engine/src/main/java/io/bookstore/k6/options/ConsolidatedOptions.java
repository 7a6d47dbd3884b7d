package io.bookstore.k6.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/** What {@code exec.test.options} shows: no shortcuts left, every scenario complete. */
final class ConsolidatedOptions {
    private ConsolidatedOptions() {}

    static JsonNode of(ObjectNode merged, List<ScenarioOptions> scenarios) {
        ObjectNode options = merged.deepCopy();
        options.putNull("vus").putNull("iterations").putNull("duration").putNull("stages");
        ObjectNode all = options.putObject("scenarios");
        for (ScenarioOptions scenario : scenarios) {
            ObjectNode node = all.putObject(scenario.name());
            node.put("executor", scenario.executor().name());
            node.put("startTime", text(scenario.startTime()));
            node.put("gracefulStop", text(scenario.gracefulStop()));
            node.put("exec", scenario.exec());
            scenario.env().forEach(node.putObject("env")::put);
            scenario.tags().forEach(node.putObject("tags")::put);
            executor(node, scenario.executor());
        }
        return options;
    }

    private static void executor(ObjectNode node, ExecutorOptions executor) {
        if (executor instanceof ExecutorOptions.SharedIterations it) {
            node.put("vus", it.vus()).put("iterations", it.iterations()).put("maxDuration", text(it.maxDuration()));
        } else if (executor instanceof ExecutorOptions.PerVuIterations it) {
            node.put("vus", it.vus()).put("iterations", it.iterations()).put("maxDuration", text(it.maxDuration()));
        } else if (executor instanceof ExecutorOptions.ConstantVus it) {
            node.put("vus", it.vus()).put("duration", text(it.duration()));
        } else if (executor instanceof ExecutorOptions.RampingVus it) {
            node.put("startVUs", it.startVus()).put("gracefulRampDown", text(it.gracefulRampDown()));
        } else if (executor instanceof ExecutorOptions.ConstantArrivalRate it) {
            node.put("rate", it.rate()).put("timeUnit", text(it.timeUnit())).put("duration", text(it.duration()));
            node.put("preAllocatedVUs", it.preAllocatedVus()).put("maxVUs", it.maxVus());
        } else if (executor instanceof ExecutorOptions.RampingArrivalRate it) {
            node.put("startRate", it.startRate()).put("timeUnit", text(it.timeUnit()));
            node.put("preAllocatedVUs", it.preAllocatedVus()).put("maxVUs", it.maxVus());
        }
        if (!executor.stages().isEmpty()) {
            ArrayNode stages = node.putArray("stages");
            executor.stages()
                    .forEach(stage -> stages.addObject()
                            .put("duration", text(stage.duration()))
                            .put("target", stage.target()));
        }
    }

    private static String text(Duration duration) {
        double seconds = duration.toNanos() / 1e9;
        return seconds == Math.rint(seconds) ? (long) seconds + "s" : seconds + "s";
    }
}
