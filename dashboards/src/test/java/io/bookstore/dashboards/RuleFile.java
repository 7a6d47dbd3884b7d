package io.bookstore.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The recording and alert rules that Prometheus evaluates. */
record RuleFile(List<Recording> recordings, List<Alert> alerts) {

    /** A series computed from others. */
    record Recording(String name, String expression) {}

    /** A condition that somebody must know of. */
    record Alert(String name, String expression, String duration, String severity, Map<String, String> annotations) {}

    static RuleFile read() {
        List<JsonNode> rules = Repository.files("dashboards/prometheus/rules", ".yml").stream()
                .flatMap(file -> Dashboard.stream(Repository.yaml(file).path("groups")))
                .flatMap(group -> Dashboard.stream(group.path("rules")))
                .toList();
        return new RuleFile(
                rules.stream()
                        .filter(rule -> rule.has("record"))
                        .map(rule -> new Recording(text(rule, "record"), text(rule, "expr")))
                        .toList(),
                rules.stream()
                        .filter(rule -> rule.has("alert"))
                        .map(RuleFile::alert)
                        .toList());
    }

    private static Alert alert(JsonNode rule) {
        Map<String, String> annotations = new LinkedHashMap<>();
        rule.path("annotations")
                .fields()
                .forEachRemaining(entry ->
                        annotations.put(entry.getKey(), entry.getValue().asText()));
        return new Alert(
                text(rule, "alert"),
                text(rule, "expr"),
                text(rule, "for"),
                rule.at("/labels/severity").asText(),
                annotations);
    }

    private static String text(JsonNode rule, String key) {
        return rule.path(key).asText().strip();
    }
}
