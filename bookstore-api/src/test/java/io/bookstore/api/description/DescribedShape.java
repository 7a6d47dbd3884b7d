package io.bookstore.api.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** Compares a JSON answer with its schema: members that are missing or too many, types, and values of enumerations. */
final class DescribedShape {

    private final JsonNode description;

    DescribedShape(JsonNode description) {
        this.description = description;
    }

    void assertHolds(String path, JsonNode value, JsonNode schema) {
        JsonNode resolved = resolve(schema);
        String type = resolved.path("type").asText();
        // A whole number is a number too, and a schema without a type takes anything.
        if (!type.isEmpty() && !(type.equals("number") && value.isNumber())) {
            assertThat(typeOf(value)).as(path).isEqualTo(type);
        }
        if (resolved.has("enum")) {
            assertThat(resolved.get("enum")).as(path).contains(value);
        }
        if (value.isArray()) {
            value.forEach(item -> assertHolds(path + "[]", item, resolved.path("items")));
        }
        JsonNode properties = resolved.path("properties");
        if (value.isObject() && !properties.isEmpty()) {
            resolved.path("required")
                    .forEach(required -> assertThat(value.has(required.asText()))
                            .as(path + "." + required.asText())
                            .isTrue());
            value.properties().forEach(member -> {
                String name = path + "." + member.getKey();
                assertThat(properties.has(member.getKey())).as(name).isTrue();
                assertHolds(name, member.getValue(), properties.get(member.getKey()));
            });
        }
    }

    private JsonNode resolve(JsonNode schema) {
        JsonNode reference = schema.has("allOf") ? schema.at("/allOf/0/$ref") : schema.path("$ref");
        return reference.isTextual() ? description.at(reference.asText().substring(1)) : schema;
    }

    private static String typeOf(JsonNode value) {
        if (value.isArray()) {
            return "array";
        }
        if (value.isTextual()) {
            return "string";
        }
        if (value.isBoolean()) {
            return "boolean";
        }
        return value.isIntegralNumber() ? "integer" : value.isNumber() ? "number" : "object";
    }
}
