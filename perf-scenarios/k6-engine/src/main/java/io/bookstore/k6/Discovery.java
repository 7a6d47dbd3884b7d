package io.bookstore.k6;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bookstore.k6.executor.ScenarioReader;
import io.bookstore.k6.options.Options;
import io.bookstore.k6.options.OptionsReader;
import io.bookstore.k6.options.ScenarioOptions;
import io.bookstore.k6.options.ThresholdOptions;
import io.bookstore.k6.run.K6ExitCode;
import io.bookstore.k6.run.LoadFlags;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.k6.script.ScriptContext;
import io.bookstore.k6.script.ScriptFault;
import io.bookstore.k6.vu.TestRun;
import io.bookstore.k6.vu.VirtualUser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The first run of the init code: what the script wants to do, and whether it can. */
final class Discovery {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The text that {@code optionsText} gives of a function, which no JSON is. */
    private static final String A_FUNCTION = "function";

    private Discovery() {}

    /** Options of a script that says nothing; in force until the real ones are known. */
    static Options defaults() {
        return read(JsonNodeFactory.instance.objectNode(), Map.of(), LoadFlags.NONE);
    }

    private static Options read(JsonNode exported, Map<String, String> environment, LoadFlags flags) {
        return OptionsReader.read(exported, environment, flags, ScenarioReader::read, ScenarioReader::once);
    }

    /** @param functions names of everything the script exports that can be called */
    record Found(Options options, Set<String> functions) {}

    static Found explore(TestRun preliminary, Map<String, String> environment, LoadFlags flags) {
        try (VirtualUser vu = new VirtualUser(0, preliminary)) {
            ScriptContext script = vu.script();
            Set<String> functions = script.exportedFunctions();
            Options options = read(exportedOptions(script), environment, flags);
            if (functions.isEmpty()) {
                throw new ScriptFault(
                        K6ExitCode.OTHER,
                        "Script " + preliminary.runtime().script()
                                + " exports no function; export a default function that the virtual users run.");
            }
            for (ScenarioOptions scenario : options.scenarios()) {
                if (!functions.contains(scenario.exec())) {
                    throw ScriptFault.configuration(
                            "Scenario '%s' runs function '%s', which the script does not export; export it or correct exec."
                                    .formatted(scenario.name(), scenario.exec()));
                }
            }
            return new Found(options, functions);
        }
    }

    private static JsonNode exportedOptions(ScriptContext script) {
        String text = script.internal("optionsText", script.exported("options").orElse(script.value(null)))
                .asString();
        if (text.isEmpty()) {
            throw ScriptFault.configuration("The exported options must be an object; they are an array or a text.");
        }
        if (text.equals(A_FUNCTION)) {
            throw new ScriptFault(
                    K6ExitCode.OTHER, "The exported options must be an object; they are a function: call it.");
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("options were made by JSON.stringify", e);
        }
    }

    static Map<String, List<String>> thresholds(Options options) {
        Map<String, List<String>> thresholds = new LinkedHashMap<>();
        options.thresholds()
                .forEach((metric, expressions) -> thresholds.put(
                        metric,
                        expressions.stream().map(ThresholdOptions::expression).toList()));
        return thresholds;
    }

    static RunPlan plan(Options options) {
        return new RunPlan(
                options.scenarios().stream().map(ScenarioReader::plan).toList(),
                options.lifecycle().minIterationDuration());
    }
}
