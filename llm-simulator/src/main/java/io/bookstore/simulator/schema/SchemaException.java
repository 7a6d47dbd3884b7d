package io.bookstore.simulator.schema;

/** A schema from which no document can be drawn; its message names the place in the schema and the rule. */
public final class SchemaException extends RuntimeException {

    SchemaException(String path, String rule) {
        // Bad schemas come in thousands during a load test; the stack of one is never read.
        super(path + ": " + rule, null, false, false);
    }
}
