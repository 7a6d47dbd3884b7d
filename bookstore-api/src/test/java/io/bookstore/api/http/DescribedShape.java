package io.bookstore.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/**
 * Reads the schemas of the description as the strictest generated client would: an object has no members but those that
 * are described, and formats and patterns hold.
 */
final class DescribedShape {

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final JsonNode components;

    DescribedShape(JsonNode description) {
        this.components = strict(description.path("components"));
    }

    void assertHolds(String name, JsonNode value, JsonNode schema) {
        assertThat(errors(value, schema)).as(() -> name + ": " + value).isEmpty();
    }

    List<Error> errors(JsonNode value, JsonNode schema) {
        ObjectNode root = (ObjectNode) strict(schema);
        root.set("components", components);
        return registry.getSchema(root)
                .validate(value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    /** The schema of OpenAPI 3.0 as one of JSON Schema 2020-12, and closed. */
    private static JsonNode strict(JsonNode node) {
        if (node instanceof ArrayNode array) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> items.add(strict(item)));
            return items;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(member -> schema.set(member.getKey(), strict(member.getValue())));
        if (schema.path("properties").isObject() && !schema.has("additionalProperties")) {
            schema.put("additionalProperties", false);
        }
        if (schema.path("nullable").asBoolean() && schema.path("type").isTextual()) {
            String type = schema.get("type").asText();
            schema.putArray("type").add(type).add("null");
        }
        return schema;
    }
}
