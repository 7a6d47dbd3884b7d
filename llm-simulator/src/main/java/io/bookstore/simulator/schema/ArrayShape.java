package io.bookstore.simulator.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;

/**
 * An array.
 *
 * @param first shapes of the first items
 * @param rest  shape of all others
 */
record ArrayShape(List<SchemaPlace> first, SchemaPlace rest, int least, int most, boolean unique) implements Shape {

    private static final int USUALLY_MORE = 3;
    private static final int TRIES = 20;

    ArrayShape {
        first = List.copyOf(first);
    }

    private SchemaPlace item(int index) {
        return index < first.size() ? first.get(index) : rest;
    }

    @Override
    public JsonNode draw(Drawing drawing, int depth) {
        int usual = Math.max(first.size(), Math.max(least, 1)) + USUALLY_MORE - 1;
        int longest = depth >= Drawing.SOFT_DEPTH ? least : Math.min(most, usual);
        int size = drawing.between(Math.min(Math.max(least, 1), longest), longest);
        ArrayNode array = Drawing.nodes.arrayNode();
        while (array.size() < size) {
            SchemaPlace item = item(array.size());
            if (item.height() == NEVER && array.size() >= least || !add(drawing, depth, array, item)) {
                break;
            }
        }
        if (array.size() < least) {
            throw new SchemaException("#", "fewer different items were found than minItems " + least);
        }
        return array;
    }

    private boolean add(Drawing drawing, int depth, ArrayNode array, SchemaPlace item) {
        for (int i = 0; i < TRIES; i++) {
            JsonNode value = item.draw(drawing, depth + 1);
            if (!unique || !contains(array, value)) {
                array.add(value);
                return true;
            }
        }
        return false;
    }

    private static boolean contains(ArrayNode array, JsonNode value) {
        for (JsonNode known : array) {
            if (ValuesShape.equal(known, value)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean accepts(JsonNode value) {
        if (!value.isArray() || value.size() < least || value.size() > most) {
            return false;
        }
        ArrayNode before = Drawing.nodes.arrayNode();
        for (int i = 0; i < value.size(); i++) {
            if (!item(i).accepts(value.get(i)) || unique && contains(before, value.get(i))) {
                return false;
            }
            before.add(value.get(i));
        }
        return true;
    }

    @Override
    public int height() {
        int height = least > most ? NEVER : 0;
        for (int i = 0; i < Math.min(least, first.size() + 1); i++) {
            height = Math.max(height, item(i).height());
        }
        return Shape.above(height);
    }

    @Override
    public SchemaException reason(String path) {
        for (int i = 0; least <= most && i < Math.min(least, first.size() + 1); i++) {
            if (item(i).height() == NEVER) {
                return item(i).reason(path);
            }
        }
        return new SchemaException(path, "minItems " + least + " is above maxItems " + most);
    }
}
