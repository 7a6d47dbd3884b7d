package io.bookstore.perf.results.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The thresholds and exact values of k6's {@code --summary-export} file. */
public final class EndOfTestSummary {

    private final JsonNode metrics;

    private EndOfTestSummary(JsonNode metrics) {
        this.metrics = metrics;
    }

    /** Reads the file; one that is missing has no thresholds: a script that failed in its init code leaves none. */
    static EndOfTestSummary read(Path file) throws IOException {
        JsonNode root =
                Files.exists(file) ? new ObjectMapper().readTree(file.toFile()) : new ObjectMapper().createObjectNode();
        return new EndOfTestSummary(root.path("metrics"));
    }

    /** No values, and thresholds that nobody has judged yet. */
    static EndOfTestSummary unjudged(Map<String, List<String>> thresholds) {
        ObjectNode metrics = new ObjectMapper().createObjectNode();
        thresholds.forEach((metric, expressions) -> {
            ObjectNode judged = metrics.putObject(metric).putObject("thresholds");
            expressions.forEach(expression -> judged.put(expression, false));
        });
        return new EndOfTestSummary(metrics);
    }

    /** The expressions of k6's {@code --summary-export} file by metric; empty without a file. */
    public static Map<String, List<String>> expressions(Path file) throws IOException {
        Map<String, List<String>> expressions = new LinkedHashMap<>();
        for (Threshold threshold : read(file).thresholds()) {
            expressions
                    .computeIfAbsent(threshold.key(), key -> new ArrayList<>())
                    .add(threshold.expression().text());
        }
        return expressions;
    }

    List<Threshold> thresholds() {
        List<Threshold> thresholds = new ArrayList<>();
        for (Map.Entry<String, JsonNode> metric : metrics.properties()) {
            for (Map.Entry<String, JsonNode> threshold :
                    metric.getValue().path("thresholds").properties()) {
                // In this format, and in no other of k6's, true says that the threshold was crossed.
                boolean crossed = threshold.getValue().asBoolean();
                thresholds.add(Threshold.parse(metric.getKey(), threshold.getKey(), !crossed));
            }
        }
        return thresholds;
    }

    /** The value itself where the summary has it: trends only carry the statistics that the script asked for. */
    OptionalDouble value(Threshold threshold) {
        JsonNode metric = metrics.path(threshold.key());
        JsonNode value = metric.path(threshold.expression().aggregation());
        if (value.isMissingNode() && threshold.expression().aggregation().equals("rate")) {
            value = metric.path("value");
        }
        return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
    }
}
