package io.bookstore.perf.adapt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dashboard for a service, without the panels that it has no data for. */
final class DashboardSheet {

    /** The identifiers of the kit's own dashboards. */
    static final List<String> OWN =
            List.of("bookstore-perf", "bookstore-errors", "bookstore-service", "bookstore-compare");

    private static final String OWN_TAG = "bookstore";
    private static final String OWN_NAME = "BookStore";
    private static final Pattern legendLabel = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern labelValues = Pattern.compile("label_values\\((.+), (\\w+)\\)");
    private static final ObjectMapper json = new ObjectMapper();

    private final Names names;
    private final List<Remark> leftOut = new ArrayList<>();
    private final List<Remark> waiting = new ArrayList<>();

    DashboardSheet(Names names) {
        this.names = names;
    }

    /** The identifier of the dashboard for that service. */
    static String idFor(String own, ObservedService service) {
        return service.id() + own.substring(OWN_TAG.length());
    }

    String adapt(String source) {
        try {
            ObjectNode dashboard = (ObjectNode) json.readTree(source);
            rename(dashboard);
            dashboard.at("/templating/list").forEach(variable -> adaptVariable((ObjectNode) variable));
            ArrayNode panels = withData(dashboard.required("panels"));
            PanelFlow flow = new PanelFlow(0);
            panels.forEach(panel -> flow.place((ObjectNode) panel));
            dashboard.set("panels", panels);
            return json.writer(layout()).writeValueAsString(dashboard) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the kit's dashboard is no JSON", e);
        }
    }

    List<Remark> leftOut() {
        return leftOut;
    }

    /** Panels that are empty before something has happened. */
    List<Remark> waiting() {
        return waiting;
    }

    private void rename(ObjectNode dashboard) {
        ObservedService service = names.service();
        dashboard
                .put("uid", idFor(dashboard.required("uid").asText(), service))
                .put("title", dashboard.required("title").asText().replace(OWN_NAME, service.name()));
        ArrayNode tags = json.createArrayNode();
        dashboard.required("tags").forEach(tag -> tags.add(tag.asText().equals(OWN_TAG) ? service.id() : tag.asText()));
        dashboard.set("tags", tags);
    }

    private void adaptVariable(ObjectNode variable) {
        switch (variable.required("name").asText()) {
            case "route" -> chooseRoutes(variable);
            case "service" -> {
                adaptQuery(variable);
                ObjectNode current = (ObjectNode) variable.required("current");
                current.putArray("text").add(names.service().value());
                current.putArray("value").add(names.service().value());
            }
            case "instance", "provider", "model", "a", "b" -> adaptQuery(variable);
            default -> {
                // Data sources, addresses and times, the same for every service.
            }
        }
    }

    private void chooseRoutes(ObjectNode variable) {
        String routes = names.routes(variable.required("query").asText());
        variable.put("query", routes);
        ((ObjectNode) variable.required("current")).put("text", routes).put("value", routes);
        variable.required("options")
                .forEach(option -> ((ObjectNode) option).put("text", routes).put("value", routes));
    }

    private void adaptQuery(ObjectNode variable) {
        String query = variable.at("/query/query").asText();
        Matcher asked = labelValues.matcher(query);
        if (!asked.matches()) {
            throw new IllegalArgumentException("a variable that is no label_values(SELECTOR, LABEL): " + query);
        }
        String adapted = "label_values(" + names.in(asked.group(1)) + ", " + names.label(asked.group(2)) + ")";
        variable.put("definition", adapted);
        ((ObjectNode) variable.required("query")).put("query", adapted);
    }

    /** Rows and panels in their order; a row without panels is left out with them. A folded row has its panels in itself. */
    private ArrayNode withData(JsonNode all) {
        ArrayNode kept = json.createArrayNode();
        Optional<ObjectNode> row = Optional.empty();
        for (JsonNode each : all) {
            ObjectNode panel = (ObjectNode) each;
            if (panel.required("type").asText().equals("row")) {
                ArrayNode folded = withData(panel.required("panels"));
                panel.set("panels", folded);
                row = Optional.of(panel);
                if (!folded.isEmpty()) {
                    kept.add(panel);
                    row = Optional.empty();
                }
            } else if (keepsQueries(panel)) {
                row.ifPresent(kept::add);
                row = Optional.empty();
                kept.add(panel);
            }
        }
        return kept;
    }

    /** Leaves out the queries without data, and returns whether any is left. */
    private boolean keepsQueries(ObjectNode panel) {
        ArrayNode queries = (ArrayNode) panel.required("targets");
        int all = queries.size();
        List<Remark> missing = new ArrayList<>();
        for (Iterator<JsonNode> each = queries.iterator(); each.hasNext(); ) {
            ObjectNode query = (ObjectNode) each.next();
            String expression = query.required("expr").asText();
            Optional<String> reason = names.missingIn(expression);
            if (reason.isPresent()) {
                missing.add(new Remark(
                        titled(panel) + ", query " + query.path("refId").asText(), reason.get()));
                each.remove();
            } else {
                names.awaitedBy(expression)
                        .map(why -> new Remark(titled(panel), why))
                        .filter(remark -> !waiting.contains(remark))
                        .ifPresent(waiting::add);
                adaptLegendAndExpression(query);
            }
        }
        leftOut.addAll(
                missing.size() < all
                        ? missing
                        : List.of(new Remark(titled(panel), missing.get(0).why())));
        return missing.size() < all;
    }

    private void adaptLegendAndExpression(ObjectNode query) {
        query.put("expr", names.in(query.required("expr").asText()));
        query.put(
                "legendFormat",
                legendLabel
                        .matcher(query.path("legendFormat").asText())
                        .replaceAll((MatchResult found) ->
                                Matcher.quoteReplacement("{{" + names.label(found.group(1)) + "}}")));
    }

    private static String titled(ObjectNode panel) {
        return "panel " + panel.required("title").asText();
    }

    /** The layout that the build gives the kit's own dashboard. */
    private static DefaultPrettyPrinter layout() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter(Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator(""))
                .withObjectIndenter(lines)
                .withArrayIndenter(lines);
    }
}
