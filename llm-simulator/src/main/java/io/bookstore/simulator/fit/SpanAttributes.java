package io.bookstore.simulator.fit;

import com.fasterxml.jackson.databind.JsonNode;
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

    /** Returns the first of these attributes that is a number of at least 0, also one written as text; null if none is. */
    @Nullable
    Double number(String... names) {
        for (String name : names) {
            JsonNode value = values.get(name);
            double number = value == null ? Double.NaN : value.asDouble(Double.NaN);
            if (number >= 0 && number < Double.POSITIVE_INFINITY) {
                return number;
            }
        }
        return null;
    }

    /** Returns the first of these attributes that is a whole number of at least 0; 0 if none is. */
    int whole(String... names) {
        Double number = number(names);
        return number == null || number != Math.rint(number) ? 0 : (int) Math.min(Integer.MAX_VALUE, number);
    }
}
