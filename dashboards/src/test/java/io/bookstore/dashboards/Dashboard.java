package io.bookstore.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A dashboard file and the parts of it that have rules.
 *
 * @param file where it lies, from the root of the repository
 * @param json all of it
 */
record Dashboard(String file, JsonNode json) {

    /** A panel that shows data; rows are not among them. */
    record Panel(JsonNode json) {

        String title() {
            return json.path("title").asText();
        }

        String description() {
            return json.path("description").asText();
        }

        String unit() {
            return json.at("/fieldConfig/defaults/unit").asText();
        }

        List<Query> queries() {
            return stream(json.path("targets"))
                    .map(target -> new Query(
                            target.path("refId").asText(),
                            target.path("expr").asText(),
                            target.path("legendFormat").asText()))
                    .toList();
        }

        /** The value from which the panel turns red; NaN if it never does. */
        double redFrom() {
            return stream(json.at("/fieldConfig/defaults/thresholds/steps"))
                    .filter(step -> step.path("color").asText().equals("red"))
                    .mapToDouble(step -> step.path("value").asDouble())
                    .findFirst()
                    .orElse(Double.NaN);
        }

        @Override
        public String toString() {
            return title();
        }
    }

    /** A query of a panel. */
    record Query(String refId, String expression, String legend) {

        /** The expression with the dashboard's variables replaced: everything selected, and this range for rates. */
        String resolved(String rateInterval, String route) {
            return expression
                    .replace("$__rate_interval", rateInterval)
                    .replace("$route", route)
                    .replace("$ago", "1ms")
                    .replaceAll("\\$(service|instance|provider|model|a|b)\\b", ".*");
        }
    }

    static List<Dashboard> all() {
        return Repository.files("dashboards/grafana", ".json").stream()
                .map(file -> new Dashboard(file, Repository.json(file)))
                .toList();
    }

    /** The dashboard with that identifier. */
    static Dashboard named(String id) {
        return all().stream()
                .filter(dashboard -> dashboard.file().endsWith("/" + id + ".json"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no dashboard " + id));
    }

    /** All of them, those of folded rows too. */
    List<Panel> panels() {
        return rowsAndPanels()
                .flatMap(panel -> Stream.concat(Stream.of(panel), stream(panel.path("panels"))))
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .map(Panel::new)
                .toList();
    }

    /** Rows and panels that are seen when it is opened. */
    Stream<JsonNode> rowsAndPanels() {
        return stream(json.path("panels"));
    }

    JsonNode variable(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException(file + " has no variable " + name));
    }

    private Optional<JsonNode> find(String variable) {
        return stream(json.at("/templating/list"))
                .filter(each -> each.path("name").asText().equals(variable))
                .findFirst();
    }

    /** The default of the variable {@code route}: a pattern that fits the LLM routes; empty where no panel asks for them. */
    String route() {
        return find("route").map(route -> route.path("query").asText()).orElse("");
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
