package io.bookstore.simulator.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.schema.NumberShape.Bounds;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the shapes of one schema. Equal parts share a shape, which also ends the reading of one that refers to itself. */
final class ShapeReader {

    private static final List<String> TYPES =
            List.of("string", "integer", "number", "boolean", "object", "array", "null");
    private static final int MOST_PLACES = 2_000;
    private static final int MOST_LEVELS = 64;
    private static final int MOST_LENGTH = 100_000;
    private static final int MOST_ITEMS = 10_000;

    private final FlatSchemas schemas;
    private final Map<ObjectNode, SchemaPlace> known = new HashMap<>();

    ShapeReader(JsonNode root) {
        this.schemas = new FlatSchemas(root);
    }

    /** The place of the whole schema, with the heights of all places settled. */
    SchemaPlace whole(JsonNode root) {
        SchemaPlace whole = place(root, "#", 0);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (SchemaPlace place : known.values()) {
                changed |= place.settle();
            }
        }
        return whole;
    }

    int places() {
        return known.size();
    }

    private SchemaPlace place(JsonNode schema, String path, int level) {
        return placeOfFlat(schemas.flat(schema, path), path, level);
    }

    private SchemaPlace placeOfFlat(ObjectNode flat, String path, int level) {
        SchemaPlace before = known.get(flat);
        if (before != null) {
            return before;
        }
        if (level > MOST_LEVELS) {
            throw new SchemaException(path, "it is nested deeper than " + MOST_LEVELS + " levels");
        }
        if (known.size() >= MOST_PLACES) {
            throw new SchemaException(path, "the schema has more than " + MOST_PLACES + " parts");
        }
        SchemaPlace place = new SchemaPlace(path);
        known.put(flat, place);
        place.fill(shape(flat, path, level));
        return place;
    }

    private Shape shape(ObjectNode flat, String path, int level) {
        for (String group : new String[] {FlatSchemas.ANY, FlatSchemas.ONE}) {
            if (flat.has(group)) {
                return choice(flat, group, path, level);
            }
        }
        if (flat.has("enum")) {
            return values(flat, path, level);
        }
        if (flat.has("type")) {
            List<String> types = new ArrayList<>();
            for (JsonNode type : FlatSchemas.listed(flat.get("type"))) {
                if (!TYPES.contains(type.asText())) {
                    throw new SchemaException(
                            path, "'type' must be one of " + String.join(", ", TYPES) + ", was " + type);
                }
                types.add(type.asText());
            }
            return types.size() == 1
                    ? ofType(types.get(0), flat, path, level)
                    : ofTypes(types, types.size(), flat, path, level);
        }
        // Without a type all are allowed; the rules that are there tell which one is meant.
        List<String> types = new ArrayList<>(TYPES);
        String meant = meant(flat);
        types.remove(meant);
        types.add(0, meant);
        types.remove("integer");
        return ofTypes(types, 1, flat, path, level);
    }

    private static String meant(ObjectNode flat) {
        if (flat.has("properties")
                || flat.has("required")
                || flat.has("additionalProperties")
                || flat.has("minProperties")) {
            return "object";
        }
        if (flat.has("items") || flat.has("prefixItems") || flat.has("minItems")) {
            return "array";
        }
        return flat.has("minimum")
                        || flat.has("maximum")
                        || flat.has("multipleOf")
                        || flat.has("exclusiveMinimum")
                        || flat.has("exclusiveMaximum")
                ? "number"
                : "string";
    }

    private Shape ofTypes(List<String> types, int drawn, ObjectNode flat, String path, int level) {
        List<SchemaPlace> places = new ArrayList<>();
        for (String type : types) {
            ObjectNode typed = flat.deepCopy();
            typed.put("type", type);
            places.add(placeOfFlat(typed, path, level));
        }
        return new ChoiceShape(places, drawn, false);
    }

    private Shape choice(ObjectNode flat, String group, String path, int level) {
        ObjectNode rest = flat.deepCopy();
        JsonNode groups = rest.remove(group);
        JsonNode alternatives = groups.get(0);
        if (groups.size() > 1) {
            ArrayNode others = groups.deepCopy();
            others.remove(0);
            rest.set(group, others);
        }
        String name = group.equals(FlatSchemas.ANY) ? "/anyOf/" : "/oneOf/";
        List<SchemaPlace> places = new ArrayList<>();
        for (int i = 0; i < alternatives.size(); i++) {
            String where = path + name + i;
            ObjectNode both = schemas.merged(rest, schemas.flat(alternatives.get(i), where), where);
            places.add(placeOfFlat(both, where, level + 1));
        }
        return new ChoiceShape(places, places.size(), group.equals(FlatSchemas.ONE));
    }

    private Shape values(ObjectNode flat, String path, int level) {
        if (!flat.get("enum").isArray()) {
            throw new SchemaException(path, "'enum' must be an array, was " + FlatSchemas.shortened(flat.get("enum")));
        }
        ObjectNode others = flat.deepCopy();
        JsonNode values = others.remove("enum");
        if (values.isEmpty()) {
            return new NoValue("no value is allowed here");
        }
        SchemaPlace beside = placeOfFlat(others, path, level);
        List<JsonNode> allowed = new ArrayList<>();
        for (JsonNode value : values) {
            if (others.isEmpty() || beside.accepts(value)) {
                allowed.add(value);
            }
        }
        return new ValuesShape(allowed);
    }

    private Shape ofType(String type, ObjectNode flat, String path, int level) {
        return switch (type) {
            case "string" -> text(flat, path);
            case "integer" -> NumberShape.of(true, bounds(flat, path));
            case "number" -> NumberShape.of(false, bounds(flat, path));
            case "boolean" -> ValuesShape.BOOLEANS;
            case "null" -> ValuesShape.NULL;
            case "array" -> array(flat, path, level);
            default -> object(flat, path, level);
        };
    }

    private static Shape text(ObjectNode flat, String path) {
        List<TextPattern> patterns = new ArrayList<>();
        for (JsonNode pattern : flat.path(FlatSchemas.PATTERNS)) {
            patterns.add(TextPattern.of(pattern.asText(), path + "/pattern"));
        }
        return new TextShape(
                count(flat, "minLength", 0, MOST_LENGTH, path),
                count(flat, "maxLength", Integer.MAX_VALUE, Integer.MAX_VALUE, path),
                patterns,
                TextFormat.named(flat.path("format").asText()));
    }

    private static Bounds bounds(ObjectNode flat, String path) {
        BigDecimal least = number(flat, "minimum", path);
        BigDecimal most = number(flat, "maximum", path);
        BigDecimal above = number(flat, "exclusiveMinimum", path);
        BigDecimal below = number(flat, "exclusiveMaximum", path);
        BigDecimal multipleOf = number(flat, "multipleOf", path);
        if (multipleOf != null && multipleOf.signum() <= 0) {
            throw new SchemaException(path, "'multipleOf' must be above 0, was " + multipleOf);
        }
        boolean isAbove = above != null && (least == null || above.compareTo(least) >= 0);
        boolean isBelow = below != null && (most == null || below.compareTo(most) <= 0);
        return new Bounds(isAbove ? above : least, isAbove, isBelow ? below : most, isBelow, multipleOf);
    }

    private Shape array(ObjectNode flat, String path, int level) {
        List<SchemaPlace> first = new ArrayList<>();
        JsonNode prefix = flat.path("prefixItems");
        for (int i = 0; i < prefix.size(); i++) {
            first.add(place(prefix.get(i), path + "/prefixItems/" + i, level + 1));
        }
        return new ArrayShape(
                first,
                place(orAny(flat.path("items")), path + "/items", level + 1),
                count(flat, "minItems", 0, MOST_ITEMS, path),
                count(flat, "maxItems", Integer.MAX_VALUE, Integer.MAX_VALUE, path),
                flat.path("uniqueItems").asBoolean());
    }

    private Shape object(ObjectNode flat, String path, int level) {
        JsonNode additional = flat.path("additionalProperties");
        SchemaPlace others = place(orAny(additional), path + "/additionalProperties", level + 1);
        Map<String, SchemaPlace> members = new LinkedHashMap<>();
        JsonNode properties = flat.path("properties");
        if (!properties.isMissingNode() && !properties.isObject()) {
            throw new SchemaException(path, "'properties' must be an object, was " + FlatSchemas.shortened(properties));
        }
        for (Map.Entry<String, JsonNode> member : properties.properties()) {
            String where = path + "/properties/" + member.getKey();
            members.put(member.getKey(), place(member.getValue(), where, level + 1));
        }
        Set<String> required = new LinkedHashSet<>();
        for (JsonNode name : flat.path("required")) {
            required.add(name.asText());
            if (!members.containsKey(name.asText())) {
                String where = path + "/required/" + name.asText();
                members.put(name.asText(), additional.isMissingNode() ? others : place(additional, where, level + 1));
            }
        }
        return new ObjectShape(
                members,
                required,
                others,
                members.isEmpty() && additional.isObject(),
                count(flat, "minProperties", 0, MOST_ITEMS, path),
                count(flat, "maxProperties", Integer.MAX_VALUE, Integer.MAX_VALUE, path));
    }

    private static JsonNode orAny(JsonNode schema) {
        return schema.isMissingNode() ? Drawing.nodes.booleanNode(true) : schema;
    }

    private static int count(ObjectNode flat, String name, int otherwise, int most, String path) {
        BigDecimal count = number(flat, name, path);
        if (count == null) {
            return otherwise;
        }
        if (count.signum() < 0 || count.stripTrailingZeros().scale() > 0) {
            throw new SchemaException(path, "'" + name + "' must be a whole number from 0, was " + count);
        }
        if (name.startsWith("min") && count.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new SchemaException(path, "'" + name + "' must be at most " + most + ", was " + count);
        }
        return count.min(BigDecimal.valueOf(most)).intValue();
    }

    private static @Nullable BigDecimal number(ObjectNode flat, String name, String path) {
        JsonNode number = flat.path(name);
        if (number.isMissingNode()) {
            return null;
        }
        if (!number.isNumber()) {
            throw new SchemaException(path, "'" + name + "' must be a number, was " + FlatSchemas.shortened(number));
        }
        return number.decimalValue();
    }
}
