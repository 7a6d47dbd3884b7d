package io.bookstore.simulator.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.draw.Draw;
import io.bookstore.simulator.draw.Draws;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A JSON schema from which documents are drawn that obey it. Immutable and thread-safe; equal draws give equal documents.
 *
 * <p>Known are the rules of types, enums, constants, numbers, strings (with patterns and formats), arrays and objects, {@code
 * anyOf}, {@code oneOf}, {@code allOf} and references into the schema itself. Other assertions are refused by name.
 */
public final class JsonSchema {

    /** The schema of a small object, for requests that want JSON of any kind. */
    public static final JsonSchema SOME_OBJECT = someObject();

    private static final int TRIES = 20;

    // The same schemas come with every request of a load test. A full cache is emptied: simplest bound.
    private static final int MOST_CACHED = 1_000;
    private static final int MOST_CACHED_PLACES = 200;
    private static final Map<String, JsonSchema> cached = new ConcurrentHashMap<>();

    private final SchemaPlace shape;
    private final JsonNode proof;
    private final JsonNode members;

    private JsonSchema(SchemaPlace shape, JsonNode schema) {
        this.shape = shape;
        this.members = schema.path("properties");
        this.proof = proof(shape);
    }

    /** @throws SchemaException if no document can be drawn from it */
    public static JsonSchema read(JsonNode schema) {
        // The text and not the tree is the key: trees are equal whatever the order of their members.
        String text = schema.toString();
        JsonSchema known = cached.get(text);
        if (known != null) {
            return known;
        }
        try {
            ShapeReader reader = new ShapeReader(schema);
            JsonSchema read = new JsonSchema(reader.whole(schema), schema.deepCopy());
            if (reader.places() <= MOST_CACHED_PLACES) {
                if (cached.size() >= MOST_CACHED) {
                    cached.clear();
                }
                cached.put(text, read);
            }
            return read;
        } catch (NumberFormatException e) {
            throw new SchemaException("#", "it has a number beyond 1e308");
        }
    }

    private static JsonSchema someObject() {
        ObjectNode schema = Drawing.nodes.objectNode().put("type", "object").put("additionalProperties", false);
        ObjectNode members = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (String name : List.of("title", "author", "summary")) {
            members.putObject(name).put("type", "string");
            required.add(name);
        }
        return new JsonSchema(new ShapeReader(schema).whole(schema), schema);
    }

    /** A document that shows that there is one; the answer if chance finds none later. */
    private static JsonNode proof(SchemaPlace shape) {
        if (shape.height() == Shape.NEVER) {
            throw shape.reason("#");
        }
        SchemaException failure = new SchemaException("#", "no document was found that obeys all of its rules");
        for (int i = 1; i <= TRIES; i++) {
            try {
                JsonNode document = attempt(shape, Draws.of(0, "proof", i).stream("document"));
                if (document != null) {
                    return document;
                }
            } catch (SchemaException e) {
                failure = e;
            }
        }
        throw failure;
    }

    /** Returns a document that obeys the schema, as JSON without spaces. */
    public String draw(Draw draw) {
        for (int i = 0; i < TRIES; i++) {
            try {
                JsonNode document = attempt(shape, draw);
                if (document != null) {
                    return document.toString();
                }
            } catch (SchemaException e) {
                // Found none this time: the next numbers may.
            }
        }
        return proof.toString();
    }

    private static @Nullable JsonNode attempt(SchemaPlace shape, Draw draw) {
        JsonNode document = shape.draw(new Drawing(draw), 0);
        return shape.accepts(document) ? document : null;
    }

    /** Returns an object that breaks the schema; one with an unknown member if the schema allows every object. */
    public String drawBroken() {
        ObjectNode unexpected = Drawing.nodes.objectNode().put("unexpected", true);
        ObjectNode wrongTypes = Drawing.nodes.objectNode();
        members.fieldNames()
                .forEachRemaining(name -> wrongTypes.putArray(name).addArray().addNull());
        return Stream.of(wrongTypes, Drawing.nodes.objectNode(), unexpected)
                .filter(document -> !shape.accepts(document))
                .findFirst()
                .orElse(unexpected)
                .toString();
    }

    boolean accepts(JsonNode document) {
        return shape.accepts(document);
    }
}
