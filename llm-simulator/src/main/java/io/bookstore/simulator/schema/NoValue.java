package io.bookstore.simulator.schema;

import com.fasterxml.jackson.databind.JsonNode;

/** The shape that has no value, and why. */
record NoValue(String rule) implements Shape {

    @Override
    public JsonNode draw(Drawing drawing, int depth) {
        throw new SchemaException("#", rule);
    }

    @Override
    public boolean accepts(JsonNode value) {
        return false;
    }

    @Override
    public int height() {
        return NEVER;
    }

    @Override
    public SchemaException reason(String path) {
        return new SchemaException(path, rule);
    }
}
