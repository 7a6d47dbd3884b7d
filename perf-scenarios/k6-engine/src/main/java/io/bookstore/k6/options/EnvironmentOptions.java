package io.bookstore.k6.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.k6.script.ScriptFault;
import java.util.List;
import java.util.Map;

/** The {@code K6_*} variables that override a script's options. */
final class EnvironmentOptions {
    private static final List<String> EXECUTION = List.of("iterations", "duration", "stages", "scenarios");

    private static final Map<String, String> TEXTS = Map.of(
            "K6_VUS", "vus",
            "K6_ITERATIONS", "iterations",
            "K6_DURATION", "duration",
            "K6_SETUP_TIMEOUT", "setupTimeout",
            "K6_TEARDOWN_TIMEOUT", "teardownTimeout",
            "K6_USER_AGENT", "userAgent",
            "K6_SUMMARY_TIME_UNIT", "summaryTimeUnit",
            "K6_MAX_REDIRECTS", "maxRedirects");

    private static final Map<String, String> FLAGS = Map.of(
            "K6_NO_SETUP", "noSetup",
            "K6_NO_TEARDOWN", "noTeardown",
            "K6_NO_THRESHOLDS", "noThresholds",
            "K6_NO_CONNECTION_REUSE", "noConnectionReuse",
            "K6_NO_VU_CONNECTION_REUSE", "noVUConnectionReuse",
            "K6_DISCARD_RESPONSE_BODIES", "discardResponseBodies",
            "K6_INSECURE_SKIP_TLS_VERIFY", "insecureSkipTLSVerify",
            "K6_THROW", "throw");

    private EnvironmentOptions() {}

    /** A layer that says how much to run replaces what those below say about it; everything else merges by key. */
    static ObjectNode overlay(ObjectNode below, Map<String, String> variables) {
        ObjectNode layer = layer(variables);
        ObjectNode merged = below.deepCopy();
        if (EXECUTION.stream().anyMatch(layer::has)) {
            merged.remove(EXECUTION);
        }
        merged.setAll(layer);
        return merged;
    }

    /** The layer of the command line, where virtual users alone replace the scenarios too. */
    static ObjectNode overlayFlags(ObjectNode below, Map<String, String> flags) {
        ObjectNode merged = overlay(below, flags);
        if (flags.containsKey("K6_VUS")) {
            merged.remove("scenarios");
        }
        return merged;
    }

    private static ObjectNode layer(Map<String, String> environment) {
        ObjectNode layer = JsonNodeFactory.instance.objectNode();
        TEXTS.forEach((variable, option) -> {
            if (environment.containsKey(variable)) {
                layer.put(option, environment.get(variable));
            }
        });
        FLAGS.forEach((variable, option) -> {
            if (environment.containsKey(variable)) {
                layer.put(option, flag(variable, environment.get(variable)));
            }
        });
        if (environment.containsKey("K6_STAGES")) {
            layer.set("stages", stages(String.valueOf(environment.get("K6_STAGES"))));
        }
        if (environment.containsKey("K6_TAGS")) {
            layer.set("tags", tags(String.valueOf(environment.get("K6_TAGS"))));
        }
        if (environment.containsKey("K6_SUMMARY_TREND_STATS")) {
            ArrayNode stats = layer.putArray("summaryTrendStats");
            List.of(String.valueOf(environment.get("K6_SUMMARY_TREND_STATS")).split(",", -1))
                    .forEach(stat -> stats.add(stat.strip()));
        }
        return layer;
    }

    private static boolean flag(String variable, String value) {
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw ScriptFault.configuration(variable + " must be true or false, was '" + value + "'.");
        };
    }

    private static JsonNode stages(String text) {
        ArrayNode stages = JsonNodeFactory.instance.arrayNode();
        for (String stage : text.split(",", -1)) {
            String[] parts = stage.split(":", -1);
            if (parts.length != 2) {
                throw ScriptFault.configuration(
                        "K6_STAGES must be like '10s:5,5s:0' (duration:target), was '" + text + "'.");
            }
            stages.addObject().put("duration", parts[0].strip()).put("target", parts[1].strip());
        }
        return stages;
    }

    private static JsonNode tags(String text) {
        ObjectNode tags = JsonNodeFactory.instance.objectNode();
        for (String tag : text.split(",", -1)) {
            int colon = tag.indexOf(':');
            if (colon < 1) {
                throw ScriptFault.configuration("K6_TAGS must be like 'key:value,key:value', was '" + text + "'.");
            }
            tags.put(tag.substring(0, colon).strip(), tag.substring(colon + 1).strip());
        }
        return tags;
    }
}
