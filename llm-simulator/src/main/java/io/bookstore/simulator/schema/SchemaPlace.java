package io.bookstore.simulator.schema;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The shape of one place in a schema. It exists before its shape is read, so that a schema may refer to itself.
 */
final class SchemaPlace implements Shape {

    private final String path;
    private Shape shape = new NoValue("it refers to itself only");
    private int height = NEVER;
    private boolean explaining;

    SchemaPlace(String path) {
        this.path = path;
    }

    void fill(Shape found) {
        shape = found;
    }

    /** Takes over the height of the shape; returns whether it became less. */
    boolean settle() {
        int now = shape.height();
        boolean less = now < height;
        height = now;
        return less;
    }

    @Override
    public JsonNode draw(Drawing drawing, int depth) {
        drawing.countValue();
        if (height == NEVER) {
            throw reason(path);
        }
        return shape.draw(drawing, depth);
    }

    @Override
    public boolean accepts(JsonNode value) {
        return shape.accepts(value);
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public SchemaException reason(String asked) {
        if (explaining) {
            return new SchemaException(path, "it refers to itself without an end");
        }
        explaining = true;
        try {
            return shape.reason(path);
        } finally {
            explaining = false;
        }
    }
}
