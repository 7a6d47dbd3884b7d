package io.bookstore.perf.engine.k6;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.k6.executor.ScenarioReader;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.k6.script.ScriptFault;
import java.io.IOException;
import java.util.Optional;

/** Reads a plan from the output of {@code k6 inspect --execution-requirements}. */
public final class K6Inspection {

    private K6Inspection() {}

    /** The plan; empty if the text is no inspection, as when the script does not parse. */
    public static Optional<RunPlan> plan(String inspection) {
        try {
            JsonNode options = new ObjectMapper().readTree(inspection);
            return options.isObject() ? Optional.of(ScenarioReader.plan(options)) : Optional.empty();
        } catch (IOException | ScriptFault noInspection) {
            return Optional.empty();
        }
    }
}
