package io.bookstore.perf.describe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A value of an answer that is no object and no list.
 *
 * @param path the keys that lead to it, as a descriptor has them; 0 for the first of a list
 * @param type as JSON Schema names it; empty if unknown
 */
record Leaf(List<String> path, String type) {

    private static final int DEEPEST = 8;
    private static final int MOST = 2_000;

    String name() {
        return Names.plain(path.get(path.size() - 1));
    }

    /** The last word of the name: that of {@code aiGeneratedSummary} is {@code summary}. */
    String lastWord() {
        List<String> words = Names.words(path.get(path.size() - 1));
        return words.isEmpty() ? "" : words.get(words.size() - 1);
    }

    String dotted() {
        return String.join(".", path);
    }

    boolean isText() {
        return type.equals("string") || type.isEmpty();
    }

    boolean isNumber() {
        return type.equals("integer") || type.equals("number") || type.isEmpty();
    }

    /** The leaves of an answer that came. */
    static List<Leaf> of(JsonNode answer) {
        List<Leaf> leaves = new ArrayList<>();
        add(answer, List.of(), leaves);
        return leaves;
    }

    private static void add(JsonNode node, List<String> path, List<Leaf> leaves) {
        if (path.size() > DEEPEST || leaves.size() >= MOST) {
            return;
        }
        if (node.isObject()) {
            node.properties().forEach(each -> add(each.getValue(), with(path, each.getKey()), leaves));
        } else if (node.isArray()) {
            if (!node.isEmpty()) {
                add(node.get(0), with(path, "0"), leaves);
            }
        } else if (!path.isEmpty() && !node.isNull()) {
            leaves.add(new Leaf(path, node.isNumber() ? "number" : node.isTextual() ? "string" : "boolean"));
        }
    }

    /** The leaves of an answer that a schema describes; a schema within itself is looked at once. */
    static List<Leaf> of(OpenApiDocument document, JsonNode schema) {
        List<Leaf> leaves = new ArrayList<>();
        add(document, schema, List.of(), List.of(), leaves);
        return leaves;
    }

    private static void add(
            OpenApiDocument document, JsonNode schema, List<String> path, List<JsonNode> above, List<Leaf> leaves) {
        JsonNode found = document.resolve(schema);
        if (path.size() > DEEPEST || leaves.size() >= MOST || above.stream().anyMatch(each -> each == found)) {
            return;
        }
        List<JsonNode> here = with(above, found);
        boolean combined = false;
        for (String kind : List.of("allOf", "oneOf", "anyOf")) {
            for (JsonNode part : found.path(kind)) {
                combined = true;
                add(document, part, path, here, leaves);
            }
        }
        String type = SchemaExample.type(found);
        if (type.equals("object")) {
            found.path("properties")
                    .properties()
                    .forEach(each -> add(document, each.getValue(), with(path, each.getKey()), here, leaves));
        } else if (type.equals("array")) {
            add(document, found.path("items"), with(path, "0"), here, leaves);
        } else if (!combined && !path.isEmpty()) {
            leaves.add(new Leaf(path, type));
        }
    }

    private static <T> List<T> with(List<T> path, T next) {
        List<T> longer = new ArrayList<>(path);
        longer.add(next);
        return longer;
    }
}
