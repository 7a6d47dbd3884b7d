package io.bookstore.simulator.fit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a span or an event in OTLP's JSON.
 *
 * @param values as the sender typed them, by their names
 */
record SpanAttributes(Map<String, JsonNode> values) {

    // Micrometer and LangChain4j write these for what they do not know.
    private static final Set<String> PLACEHOLDERS = Set.of("", "none", "unknown");

    static SpanAttributes of(JsonNode owner) {
        Map<String, JsonNode> values = new HashMap<>();
        for (JsonNode attribute : owner.path("attributes")) {
            // An AnyValue has one member, whose name is its type.
            attribute
                    .path("value")
                    .forEach(value -> values.put(attribute.path("key").asText(), value));
        }
        return new SpanAttributes(values);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Returns the first of these attributes that names something; null if none does. */
    @Nullable
    String text(String... names) {
        for (String name : names) {
            JsonNode value = values.get(name);
            if (value != null && value.isValueNode() && !PLACEHOLDERS.contains(value.asText())) {
                return value.asText();
            }
        }
        return null;
    }

    /** Returns the name of the first of these attributes that is there and not empty; null if none is. */
    @Nullable
    String named(String... names) {
        for (String name : names) {
            if (text(name) != null) {
                return name;
            }
        }
        return null;
    }

    /** Returns the number behind a name; not a number if it is none. */
    double value(String name) {
        return values.getOrDefault(name, MissingNode.getInstance()).asDouble(Double.NaN);
    }

    /** Returns the first of these attributes that is a whole number of at least 0; 0 if none is. */
    int whole(String... names) {
        for (String name : names) {
            double number = value(name);
            if (number >= 0 && number <= Integer.MAX_VALUE && number == Math.rint(number)) {
                return (int) number;
            }
        }
        return 0;
    }

    /** Returns the first of these attributes; 0 if none is there. */
    int inputTokens(String... names) {
        String name = named(names);
        return name == null ? 0 : Implausible.inputTokens(name, value(name), String.valueOf(text(name)));
    }

    /** Returns the first of these attributes; 0 if none is there. */
    int outputTokens(String... names) {
        String name = named(names);
        return name == null ? 0 : Implausible.outputTokens(name, value(name), String.valueOf(text(name)));
    }
}
