package io.bookstore.simulator.schema;

import com.fasterxml.jackson.databind.JsonNode;

/** A set of JSON values, one of which can be drawn. Immutable once its schema has been read. */
interface Shape {

    /** The height of a shape that has no value. */
    int NEVER = Integer.MAX_VALUE;

    /** @throws SchemaException if none was found */
    JsonNode draw(Drawing drawing, int depth);

    boolean accepts(JsonNode value);

    /** The levels of its flattest value; {@link #NEVER} if there is none. */
    int height();

    /** The reason why there is no value, if there is none. */
    SchemaException reason(String path);

    static int above(int height) {
        return height == NEVER ? NEVER : height + 1;
    }
}
