package io.bookstore.simulator.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;

/** Some values by name: an enum, a constant, the booleans, null. Numbers are equal if their values are. */
record ValuesShape(List<JsonNode> values) implements Shape {

    static final ValuesShape BOOLEANS = new ValuesShape(List.of(BooleanNode.TRUE, BooleanNode.FALSE));
    static final ValuesShape NULL = new ValuesShape(List.of(NullNode.instance));

    ValuesShape {
        values = List.copyOf(values);
    }

    @Override
    public JsonNode draw(Drawing drawing, int depth) {
        return drawing.anyOf(values);
    }

    @Override
    public boolean accepts(JsonNode value) {
        return values.stream().anyMatch(known -> equal(known, value));
    }

    @Override
    public int height() {
        return values.isEmpty() ? NEVER : 1;
    }

    @Override
    public SchemaException reason(String path) {
        return new SchemaException(path, "none of the values of enum is allowed by the rules beside it");
    }

    static boolean equal(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber()
                ? one.decimalValue().compareTo(other.decimalValue()) == 0
                : one.equals(other);
    }
}
