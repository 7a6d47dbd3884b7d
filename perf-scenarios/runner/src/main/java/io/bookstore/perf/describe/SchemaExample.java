package io.bookstore.perf.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Values that fit schemas: an example of the document where there is one, then a default or the first allowed value, and else
 * one made up from type and format.
 */
final class SchemaExample {

    /** The place of a prompt that nobody gave: items have several, for a cache must not answer them all. */
    static final String PROMPT = "{prompt}";

    /** The property by which a body asks for a stream, which a descriptor has to say even if it is optional. */
    static final String SWITCH = "stream";

    private static final int MOST_ENTRIES = 10;
    private static final JsonNodeFactory nodes = JsonNodeFactory.instance;

    private static final Map<String, String> formats = Map.of(
            "date", "2024-01-01",
            "date-time", "2024-01-01T00:00:00Z",
            "email", "user@example.com",
            "uri", "https://example.com/",
            "url", "https://example.com/",
            "uuid", "123e4567-e89b-12d3-a456-426614174000");

    private final OpenApiDocument document;
    private final List<String> madeUp = new ArrayList<>();
    private final List<JsonNode> above = new ArrayList<>();

    SchemaExample(OpenApiDocument document) {
        this.document = document;
    }

    /** Names of values that nothing in the document tells. */
    List<String> madeUp() {
        return List.copyOf(madeUp);
    }

    /** The value of a parameter, or of a body with its media type: its own examples come before those of its schema. */
    JsonNode of(String name, JsonNode owner, JsonNode schema) {
        JsonNode own = example(owner);
        return own.isMissingNode() ? of(name, schema) : own;
    }

    /** The value for a schema; missing if it only has room for itself. */
    JsonNode of(String name, JsonNode described) {
        JsonNode schema = document.resolve(described);
        JsonNode told = told(schema);
        if (!told.isMissingNode()) {
            return told;
        }
        if (above.stream().anyMatch(each -> each == schema)) {
            return MissingNode.getInstance();
        }
        above.add(schema);
        try {
            return made(name, schema);
        } finally {
            above.remove(above.size() - 1);
        }
    }

    /** The type of a schema, or what its keywords say; {@code null} beside another type does not count. */
    static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        for (JsonNode each : type) {
            if (!each.asText().equals("null")) {
                return each.asText();
            }
        }
        if (type.isTextual()) {
            return type.asText();
        }
        return schema.has("properties") ? "object" : schema.has("items") ? "array" : "";
    }

    private JsonNode made(String name, JsonNode schema) {
        for (String kind : List.of("oneOf", "anyOf")) {
            if (schema.path(kind).size() > 0) {
                return of(name, choice(schema.path(kind)));
            }
        }
        if (schema.has("allOf") || type(schema).equals("object")) {
            return object(schema);
        }
        return switch (type(schema)) {
            case "array" -> list(name, schema);
            case "boolean" -> BooleanNode.FALSE;
            case "integer", "number" -> number(name, schema);
            default -> text(name, schema);
        };
    }

    /** The first alternative that is not null; of the messages of a conversation that of the user. */
    private JsonNode choice(JsonNode alternatives) {
        JsonNode first = MissingNode.getInstance();
        for (JsonNode each : alternatives) {
            JsonNode schema = document.resolve(each);
            if (mayBe(document.resolve(schema.path("properties").path("role")), "user")) {
                return each;
            }
            if (first.isMissingNode() && !schema.path("type").asText().equals("null")) {
                first = each;
            }
        }
        return first;
    }

    private ObjectNode object(JsonNode schema) {
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        Set<String> required = new TreeSet<>();
        collect(schema, properties, required);
        ObjectNode object = nodes.objectNode();
        properties.forEach((name, property) -> {
            boolean needed = required.isEmpty() || required.contains(name) || name.equals(SWITCH);
            if (needed && !document.resolve(property).path("readOnly").asBoolean()) {
                JsonNode value = of(name, property);
                if (!value.isMissingNode()) {
                    object.set(name, value);
                }
            }
        });
        return object;
    }

    /** Adds the properties of a schema and of those that it is made of. */
    private void collect(JsonNode schema, Map<String, JsonNode> properties, Set<String> required) {
        for (JsonNode part : schema.path("allOf")) {
            JsonNode resolved = document.resolve(part);
            if (above.stream().noneMatch(each -> each == resolved)) {
                above.add(resolved);
                collect(resolved, properties, required);
                above.remove(above.size() - 1);
            }
        }
        schema.path("properties").properties().forEach(each -> properties.put(each.getKey(), each.getValue()));
        schema.path("required").forEach(each -> required.add(each.asText()));
    }

    private ArrayNode list(String name, JsonNode schema) {
        ArrayNode list = nodes.arrayNode();
        int entries = Math.min(MOST_ENTRIES, Math.max(1, schema.path("minItems").asInt(1)));
        for (int entry = 0; entry < entries; entry++) {
            JsonNode value = of(name, schema.path("items"));
            if (!value.isMissingNode()) {
                list.add(value);
            }
        }
        return list;
    }

    private JsonNode number(String name, JsonNode schema) {
        madeUp.add(name);
        for (String limit : List.of("minimum", "maximum")) {
            if (schema.path(limit).isNumber()) {
                return schema.path(limit);
            }
        }
        JsonNode least = schema.path("exclusiveMinimum");
        return nodes.numberNode(least.isNumber() ? least.asLong() + 1 : 1);
    }

    private JsonNode text(String name, JsonNode schema) {
        String format = formats.get(schema.path("format").asText());
        if (format == null && Names.isPrompt(name)) {
            return new TextNode(PROMPT);
        }
        madeUp.add(name);
        String text = format == null ? "example" : format;
        return new TextNode(text
                + "x".repeat(Math.max(0, schema.path("minLength").asInt() - text.length())));
    }

    private JsonNode told(JsonNode schema) {
        JsonNode example = example(schema);
        if (!example.isMissingNode()) {
            return example;
        }
        if (mayBe(schema, "user")) {
            return new TextNode("user");
        }
        for (JsonNode value : List.of(
                schema.path("default"),
                schema.path("const"),
                schema.path("enum").path(0))) {
            if (!value.isMissingNode() && !value.isNull()) {
                return value;
            }
        }
        return MissingNode.getInstance();
    }

    /** Returns whether the schema lists that value, among others. */
    private static boolean mayBe(JsonNode schema, String value) {
        if (schema.path("const").asText().equals(value)) {
            return true;
        }
        for (JsonNode each : schema.path("enum")) {
            if (each.asText().equals(value)) {
                return true;
            }
        }
        return false;
    }

    /** The example of a schema, parameter or media type; {@code examples} of a schema is a list, of the others an object. */
    private JsonNode example(JsonNode owner) {
        if (owner.hasNonNull("example")) {
            return owner.path("example");
        }
        JsonNode examples = owner.path("examples");
        JsonNode first = first(examples);
        return first == null || examples.isArray()
                ? orMissing(first)
                : document.resolve(first).path("value");
    }

    private static @Nullable JsonNode first(JsonNode several) {
        return several.elements().hasNext() ? several.elements().next() : null;
    }

    private static JsonNode orMissing(@Nullable JsonNode node) {
        return node == null ? MissingNode.getInstance() : node;
    }
}
