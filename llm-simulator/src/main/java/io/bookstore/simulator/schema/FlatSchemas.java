package io.bookstore.simulator.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * Schemas that say by themselves all that they have to say: references are followed and the parts of {@code allOf} are
 * merged. Alternatives stay, as lists of lists under {@link #ANY} and {@link #ONE}, and patterns as a list.
 */
final class FlatSchemas {

    static final String ANY = "$any";
    static final String ONE = "$one";
    static final String PATTERNS = "$patterns";

    private static final Set<String> PLAIN = Set.of(
            "type",
            "enum",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "prefixItems",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minProperties",
            "maxProperties",
            "minLength",
            "maxLength",
            "format",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf");
    private static final Set<String> REFUSED = Set.of(
            "not",
            "if",
            "patternProperties",
            "dependentRequired",
            "dependentSchemas",
            "dependencies",
            "propertyNames",
            "contains",
            "unevaluatedProperties",
            "unevaluatedItems",
            "additionalItems",
            "$dynamicRef",
            "$recursiveRef");
    private static final Set<String> LEAST =
            Set.of("minItems", "minProperties", "minLength", "minimum", "exclusiveMinimum");
    private static final Set<String> MOST =
            Set.of("maxItems", "maxProperties", "maxLength", "maximum", "exclusiveMaximum");
    private static final int MOST_HOPS = 100;

    private final JsonNode root;

    FlatSchemas(JsonNode root) {
        this.root = root;
    }

    ObjectNode flat(JsonNode schema, String path) {
        return flat(schema, path, 0);
    }

    private ObjectNode flat(JsonNode schema, String path, int hops) {
        ObjectNode flat = Drawing.nodes.objectNode();
        if (schema.isBoolean()) {
            if (!schema.booleanValue()) {
                flat.putArray("enum");
            }
            return flat;
        }
        if (!schema.isObject()) {
            throw new SchemaException(path, "a schema must be an object or a boolean, was " + shortened(schema));
        }
        if (hops > MOST_HOPS) {
            throw new SchemaException(path, "it refers to itself without an end");
        }
        for (Map.Entry<String, JsonNode> rule : schema.properties()) {
            add(flat, rule.getKey(), rule.getValue(), path);
        }
        if (schema.has("$ref")) {
            flat = merged(flat, flat(referred(schema.get("$ref"), path), path, hops + 1), path);
        }
        int index = 0;
        for (JsonNode part : list(schema, "allOf", path)) {
            flat = merged(flat, flat(part, path + "/allOf/" + index++, hops + 1), path);
        }
        return flat;
    }

    private static void add(ObjectNode flat, String name, JsonNode value, String path) {
        // Every name is a string: clients write so for maps.
        if (name.equals("propertyNames")
                && value.size() == 1
                && value.path("type").asText().equals("string")) {
            return;
        }
        if (REFUSED.contains(name)) {
            throw new SchemaException(path, "'" + name + "' is not supported");
        }
        switch (name) {
            case "const" -> flat.putArray("enum").add(value);
            case "anyOf" -> flat.putArray(ANY).add(alternatives(value, path + "/anyOf"));
            case "oneOf" -> flat.putArray(ONE).add(alternatives(value, path + "/oneOf"));
            case "pattern" -> flat.putArray(PATTERNS).add(value);
            // Draft 7 has the shapes of the first items there.
            case "items" -> flat.set(value.isArray() ? "prefixItems" : "items", value);
            default -> {
                if (PLAIN.contains(name) && !(name.equals("enum") && flat.has("enum"))) {
                    flat.set(name, value);
                }
            }
        }
    }

    private static JsonNode alternatives(JsonNode value, String path) {
        if (!value.isArray() || value.isEmpty()) {
            throw new SchemaException(path, "it must be an array with at least one schema");
        }
        return value;
    }

    private static JsonNode list(JsonNode schema, String name, String path) {
        JsonNode list = schema.path(name);
        if (!list.isMissingNode() && !list.isArray()) {
            throw new SchemaException(path + "/" + name, "it must be an array of schemas");
        }
        return list;
    }

    private JsonNode referred(JsonNode reference, String path) {
        String text = reference.asText();
        if (!text.equals("#") && !text.startsWith("#/")) {
            throw new SchemaException(
                    path, "'$ref' must point into the same schema (#/$defs/...), was " + shortened(reference));
        }
        JsonNode found = root.at(URLDecoder.decode(text.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8));
        if (found.isMissingNode()) {
            throw new SchemaException(path, "'$ref' points to " + text + ", which does not exist");
        }
        return found;
    }

    /** The schema whose values are those of both. */
    ObjectNode merged(ObjectNode one, ObjectNode other, String path) {
        if (one.isEmpty()) {
            return other;
        }
        ObjectNode both = one.deepCopy();
        mergeMembers(both, other);
        for (Map.Entry<String, JsonNode> rule : other.properties()) {
            String name = rule.getKey();
            if (!name.equals("properties") && !name.equals("additionalProperties")) {
                JsonNode mine = both.get(name);
                both.set(name, mine == null ? rule.getValue() : merged(name, mine, rule.getValue(), path));
            }
        }
        return both;
    }

    /** A member that only one side names must obey what the other side says of additional ones. */
    private static void mergeMembers(ObjectNode both, ObjectNode other) {
        JsonNode mine = both.path("properties").deepCopy();
        JsonNode additional = both.path("additionalProperties");
        JsonNode theirs = other.path("properties");
        JsonNode theirAdditional = other.path("additionalProperties");
        ObjectNode members = Drawing.nodes.objectNode();
        mine.properties().forEach(member -> {
            JsonNode second = theirs.has(member.getKey()) ? theirs.get(member.getKey()) : theirAdditional;
            members.set(member.getKey(), all(member.getValue(), second));
        });
        theirs.properties().forEach(member -> {
            if (!mine.has(member.getKey())) {
                members.set(member.getKey(), all(additional, member.getValue()));
            }
        });
        if (!members.isEmpty()) {
            both.set("properties", members);
        }
        JsonNode rest = all(additional, theirAdditional);
        if (!rest.isMissingNode()) {
            both.set("additionalProperties", rest);
        }
    }

    /** A schema that both others hold for; either may be missing. */
    private static JsonNode all(JsonNode one, JsonNode other) {
        if (one.isMissingNode() || one.equals(other)) {
            return other;
        }
        if (other.isMissingNode()) {
            return one;
        }
        ObjectNode both = Drawing.nodes.objectNode();
        both.putArray("allOf").add(one).add(other);
        return both;
    }

    private static JsonNode merged(String name, JsonNode one, JsonNode other, String path) {
        if (LEAST.contains(name)) {
            return one.decimalValue().compareTo(other.decimalValue()) >= 0 ? one : other;
        }
        if (MOST.contains(name)) {
            return one.decimalValue().compareTo(other.decimalValue()) <= 0 ? one : other;
        }
        return switch (name) {
            case "type" -> types(one, other);
            case "enum" -> common(one, other);
            case "required", ANY, ONE, PATTERNS -> concat(one, other);
            case "uniqueItems" -> one.asBoolean() ? one : other;
            case "items" -> all(one, other);
            case "multipleOf" ->
                multiple(one.decimalValue(), other.decimalValue())
                        ? one
                        : multiple(other.decimalValue(), one.decimalValue()) ? other : differ(name, one, other, path);
            default -> one.equals(other) ? one : differ(name, one, other, path);
        };
    }

    private static boolean multiple(BigDecimal greater, BigDecimal smaller) {
        return smaller.signum() > 0 && greater.remainder(smaller).signum() == 0;
    }

    private static JsonNode differ(String name, JsonNode one, JsonNode other, String path) {
        throw new SchemaException(path, "'" + name + "' cannot be both " + shortened(one) + " and " + shortened(other));
    }

    private static ArrayNode types(JsonNode one, JsonNode other) {
        ArrayNode types = Drawing.nodes.arrayNode();
        for (JsonNode type : listed(one)) {
            for (JsonNode second : listed(other)) {
                if (type.equals(second)
                        || type.asText().equals("integer") && second.asText().equals("number")) {
                    types.add(type);
                } else if (type.asText().equals("number") && second.asText().equals("integer")) {
                    types.add(second);
                }
            }
        }
        return types;
    }

    static Iterable<JsonNode> listed(JsonNode oneOrMany) {
        return oneOrMany.isArray() ? oneOrMany : Drawing.nodes.arrayNode().add(oneOrMany);
    }

    private static ArrayNode common(JsonNode one, JsonNode other) {
        ArrayNode common = Drawing.nodes.arrayNode();
        for (JsonNode value : one) {
            for (Iterator<JsonNode> others = other.elements(); others.hasNext(); ) {
                if (ValuesShape.equal(value, others.next())) {
                    common.add(value);
                    break;
                }
            }
        }
        return common;
    }

    private static ArrayNode concat(JsonNode one, JsonNode other) {
        ArrayNode all = one.deepCopy();
        other.forEach(all::add);
        return all;
    }

    static String shortened(JsonNode node) {
        String text = node.toString();
        return text.length() > 80 ? text.substring(0, 77) + "..." : text;
    }
}
