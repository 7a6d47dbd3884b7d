package io.bookstore.llm.testing;

import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.testing.Finding.Rule;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An event against the tables. */
final class EventCheck {

    private static final String NAMESPACE = "gen_ai.";

    private final Map<String, Catalogue.EventRow> rows;
    private final Set<String> spanAttributes;

    EventCheck(Catalogue catalogue, Set<GenAiConventions> conventions) {
        this.rows =
                catalogue.events(conventions).stream().collect(Collectors.toMap(Catalogue.EventRow::name, row -> row));
        this.spanAttributes = catalogue.attributes(conventions).stream()
                .filter(row -> !"-".equals(row.levels().get("inference")))
                .map(Catalogue.AttributeRow::name)
                .collect(Collectors.toSet());
    }

    List<Finding> check(LogRecordData event) {
        List<Finding> findings = new ArrayList<>();
        String name = event.getEventName();
        if (name == null || !name.startsWith(NAMESPACE)) {
            return findings;
        }
        Catalogue.EventRow row = rows.get(name);
        if (row == null) {
            findings.add(new Finding(Rule.UNKNOWN_EVENT, name, "is not in these conventions"));
            return findings;
        }
        Map<String, Object> values = new TreeMap<>();
        event.getAttributes().forEach((key, value) -> values.put(key.getKey(), value));
        row.levels().forEach((attribute, level) -> {
            if (level.equals("R") && !values.containsKey(attribute)) {
                findings.add(new Finding(Rule.MISSING_REQUIRED, name, attribute));
            }
        });
        Set<String> known = row.ofSpan() ? spanAttributes : row.levels().keySet();
        values.keySet().stream()
                .filter(key -> key.startsWith(NAMESPACE) && !known.contains(key))
                .forEach(key ->
                        findings.add(new Finding(Rule.UNEXPECTED_ATTRIBUTE, name, key + " does not belong there")));
        if (!event.getSpanContext().isValid()) {
            findings.add(new Finding(Rule.EVENT_WITHOUT_SPAN, name, "must be written in the context of its call"));
        }
        return findings;
    }
}
