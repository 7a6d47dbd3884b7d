package io.bookstore.k6.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.k6.run.RunPlan.Stage;
import java.util.List;

/** The options that {@code exec.test.options} shows: no shortcuts left, every scenario complete. */
final class ConsolidatedOptions {
    private ConsolidatedOptions() {}

    static JsonNode of(ObjectNode merged, List<ScenarioOptions> scenarios) {
        ObjectNode options = merged.deepCopy();
        options.putNull("vus").putNull("iterations").putNull("duration").putNull("stages");
        ObjectNode all = options.putObject("scenarios");
        for (ScenarioOptions scenario : scenarios) {
            ObjectNode node = all.putObject(scenario.name());
            node.put("executor", scenario.executor().name());
            node.put("startTime", DurationText.of(scenario.startTime()));
            node.put("gracefulStop", DurationText.of(scenario.gracefulStop()));
            node.put("exec", scenario.exec());
            scenario.env().forEach(node.putObject("env")::put);
            scenario.tags().forEach(node.putObject("tags")::put);
            scenario.executor().describe(node);
            if (!scenario.executor().stages().isEmpty()) {
                putStages(node, scenario.executor().stages());
            }
        }
        return options;
    }

    private static void putStages(ObjectNode scenario, List<Stage> stages) {
        ArrayNode array = scenario.putArray("stages");
        for (Stage stage : stages) {
            array.addObject().put("duration", DurationText.of(stage.duration())).put("target", stage.target());
        }
    }
}
