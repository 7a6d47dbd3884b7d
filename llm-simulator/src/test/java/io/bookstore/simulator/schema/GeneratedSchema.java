package io.bookstore.simulator.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Makes schemas of every known kind, nested up to four levels, with references that go round in circles. */
final class GeneratedSchema {

    private static final JsonNodeFactory nodes = JsonNodeFactory.instance;
    private static final int DEEPEST = 4;

    private final Random random;

    private GeneratedSchema(long seed) {
        this.random = new Random(seed);
    }

    static ObjectNode of(long seed) {
        GeneratedSchema maker = new GeneratedSchema(seed);
        ObjectNode root = maker.object(0);
        ObjectNode shared = root.putObject("$defs");
        shared.set("node", maker.node());
        shared.set("leaf", maker.leaf());
        return root;
    }

    /** A node of a tree, whose children are nodes again. */
    private ObjectNode node() {
        ObjectNode node = nodes.objectNode().put("type", "object").put("additionalProperties", false);
        ObjectNode members = node.putObject("properties");
        members.set("value", leaf());
        members.putObject("next").put("$ref", "#/$defs/node");
        members.putObject("children").put("type", "array").putObject("items").put("$ref", "#/$defs/node");
        node.putArray("required").add("value").add("children");
        return node;
    }

    private ObjectNode any(int level) {
        if (level >= DEEPEST) {
            return leaf();
        }
        return switch (random.nextInt(9)) {
            case 0, 1 -> object(level);
            case 2 -> array(level);
            case 3 -> alternatives("anyOf", level);
            case 4 -> distinctAlternatives();
            case 5 -> merged(level);
            case 6 -> nodes.objectNode().put("$ref", random.nextBoolean() ? "#/$defs/node" : "#/$defs/leaf");
            default -> leaf();
        };
    }

    private ObjectNode object(int level) {
        ObjectNode object = nodes.objectNode().put("type", "object").put("title", "A title says nothing");
        ObjectNode members = object.putObject("properties");
        ArrayNode required = object.putArray("required");
        for (int i = random.nextInt(5); i >= 0; i--) {
            members.set("member" + i, any(level + 1));
            if (random.nextBoolean()) {
                required.add("member" + i);
            }
        }
        switch (random.nextInt(4)) {
            case 0 -> object.put("additionalProperties", false);
            case 1 -> object.set("additionalProperties", leaf());
            case 2 -> object.put("minProperties", 1 + random.nextInt(3)).set("additionalProperties", leaf());
            default -> {}
        }
        return object;
    }

    private ObjectNode array(int level) {
        ObjectNode array = nodes.objectNode().put("type", "array");
        array.set("items", any(level + 1));
        int least = random.nextInt(3);
        if (random.nextBoolean()) {
            array.put("minItems", least);
        }
        if (random.nextBoolean()) {
            array.put("maxItems", least + random.nextInt(3));
        }
        if (random.nextInt(4) == 0) {
            array.put("uniqueItems", true).set("items", nodes.objectNode().put("type", "integer"));
        }
        if (random.nextInt(4) == 0) {
            ArrayNode first = array.putArray("prefixItems").add(leaf());
            // Two that allow null alone would leave an array of different items without a document.
            if (!array.has("uniqueItems")) {
                first.add(leaf());
            }
        }
        return array;
    }

    private ObjectNode alternatives(String keyword, int level) {
        ObjectNode choice = nodes.objectNode();
        ArrayNode alternatives = choice.putArray(keyword);
        for (int i = random.nextInt(3); i >= 0; i--) {
            alternatives.add(any(level + 1));
        }
        return choice;
    }

    /** Alternatives of which a value can be only one. */
    private ObjectNode distinctAlternatives() {
        ObjectNode choice = nodes.objectNode();
        ArrayNode alternatives = choice.putArray("oneOf");
        for (String kind : List.of("book", "author", "shop")) {
            ObjectNode alternative = alternatives.addObject().put("type", "object");
            ObjectNode members = alternative.putObject("properties");
            members.putObject("kind").put("const", kind);
            members.set("value", leaf());
            alternative.putArray("required").add("kind");
        }
        return choice;
    }

    private ObjectNode merged(int level) {
        ObjectNode both = nodes.objectNode();
        ArrayNode parts = both.putArray("allOf");
        ObjectNode first = nodes.objectNode().put("type", "object");
        first.putObject("properties").set("first", any(level + 1));
        first.putArray("required").add("first");
        ObjectNode second = nodes.objectNode();
        second.putObject("properties").set("second", leaf());
        second.putArray("required").add("second");
        parts.add(first).add(second);
        return both;
    }

    private ObjectNode leaf() {
        ObjectNode leaf = nodes.objectNode();
        return switch (random.nextInt(10)) {
            case 0 -> leaf.put("type", "boolean");
            case 1 -> leaf.put("type", "null");
            case 2 ->
                leaf.put("type", "integer")
                        .put("minimum", -random.nextInt(100))
                        .put("exclusiveMaximum", 1 + random.nextInt(100));
            case 3 -> leaf.put("type", "number").put("exclusiveMinimum", random.nextDouble());
            case 4 -> leaf.put("type", "integer").put("multipleOf", 1 + random.nextInt(9));
            case 5 -> {
                leaf.putArray("enum").add("red").add(7).addNull().add(true);
                yield leaf;
            }
            case 6 ->
                leaf.put("type", "string")
                        .put(
                                "format",
                                any("date", "date-time", "time", "email", "uuid", "uri", "ipv4", "ipv6", "hostname"));
            case 7 ->
                leaf.put("type", "string")
                        .put(
                                "pattern",
                                any(
                                        "^[A-Z]{3}-\\d{4}$",
                                        "^(red|green)+$",
                                        "[a-f0-9]{8,}",
                                        "^\\w+@\\w+\\.org$",
                                        "\\s?x*",
                                        "^[\\u0000-\\uFFFF]{2,5}$"));
            case 8 -> {
                leaf.putArray("type").add("string").add("null");
                yield leaf;
            }
            default -> {
                int least = random.nextInt(30);
                yield leaf.put("type", "string").put("minLength", least).put("maxLength", least + random.nextInt(9));
            }
        };
    }

    private String any(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
