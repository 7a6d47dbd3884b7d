package io.bookstore.simulator.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A JSON schema as OpenAPI 3.0 writes it, built up key by key. Not thread-safe. */
final class Schema {

    private static final JsonNodeFactory json = JsonNodeFactory.instance;

    private final ObjectNode node = json.objectNode();

    private Schema() {}

    /** An object with the fields that follow and no others. */
    static Schema object() {
        Schema schema = of("object");
        schema.node.put("additionalProperties", false).putObject("properties");
        return schema;
    }

    /** An object of unknown fields. */
    static Schema anyObject() {
        return of("object");
    }

    /** An object whose fields have names of their own and all the same type. */
    static Schema map(Schema values) {
        Schema schema = of("object");
        schema.node.set("additionalProperties", values.node);
        return schema;
    }

    static Schema list(Schema items) {
        Schema schema = of("array");
        schema.node.set("items", items.node);
        return schema;
    }

    static Schema text(String description) {
        return of("string").describe(description);
    }

    /** A text that is one of these. */
    static Schema choice(String... texts) {
        Schema schema = of("string");
        for (String text : texts) {
            schema.node.withArray("enum").add(text);
        }
        return schema;
    }

    static Schema integer(String description) {
        return of("integer").describe(description);
    }

    static Schema number(String description) {
        return of("number").describe(description);
    }

    static Schema flag(String description) {
        return of("boolean").describe(description);
    }

    static Schema either(Schema one, Schema other) {
        Schema schema = new Schema();
        schema.node.putArray("oneOf").add(one.node).add(other.node);
        return schema;
    }

    /** A schema of the document's components. */
    static Schema named(String name) {
        Schema schema = new Schema();
        schema.node.put("$ref", "#/components/schemas/" + name);
        return schema;
    }

    private static Schema of(String type) {
        Schema schema = new Schema();
        schema.node.put("type", type);
        return schema;
    }

    /** The same with a field that is always there. */
    Schema always(String name, Schema field) {
        node.withArray("required").add(name);
        return maybe(name, field);
    }

    /** The same with a field that may be absent. */
    Schema maybe(String name, Schema field) {
        ((ObjectNode) node.get("properties")).set(name, field.node);
        return this;
    }

    Schema describe(String description) {
        node.put("description", description);
        return this;
    }

    Schema atLeast(int least) {
        node.put("minimum", least);
        return this;
    }

    Schema atMost(int most) {
        node.put("maximum", most);
        return this;
    }

    Schema orNull() {
        node.put("nullable", true);
        return this;
    }

    /** The same as a 64-bit integer. */
    Schema ofLong() {
        node.put("format", "int64");
        return this;
    }

    /** The same as a date and time of RFC 3339. */
    Schema asTime() {
        node.put("format", "date-time");
        return this;
    }

    ObjectNode node() {
        return node;
    }
}
