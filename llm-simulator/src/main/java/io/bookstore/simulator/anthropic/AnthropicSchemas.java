package io.bookstore.simulator.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.schema.JsonSchema;
import io.bookstore.simulator.schema.SchemaException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code output_config.format}, and {@code output_format} of the beta before it, with the limits of
 * https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations.
 */
final class AnthropicSchemas {

    private static final Map<String, Set<String>> UNSUPPORTED = Map.of(
            "integer", Set.of("exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"),
            "number", Set.of("exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"),
            "string", Set.of("maxLength", "minLength"),
            "array", Set.of("maxItems", "uniqueItems"));

    private AnthropicSchemas() {}

    /** The format that the request asks for; missing if it asks for prose. */
    static JsonNode format(JsonNode body) {
        JsonNode format = body.path("output_config").path("format");
        return isAbsent(format) ? body.path("output_format") : format;
    }

    static @Nullable JsonSchema read(JsonNode body) {
        JsonNode format = format(body);
        if (isAbsent(format)) {
            return null;
        }
        String path = body.path("output_config").has("format") ? "output_config.format" : "output_format";
        if (!format.path("type").asText().equals("json_schema")) {
            throw AnthropicRequest.invalid(path + ".type: Input should be 'json_schema'");
        }
        JsonNode schema = format.path("schema");
        if (schema.isMissingNode()) {
            throw AnthropicRequest.invalid(path + ".schema: Field required");
        }
        requireSupported(schema, path + ".schema");
        return schema(schema, path + ".schema");
    }

    static JsonSchema schema(JsonNode schema, String path) {
        try {
            return JsonSchema.read(schema);
        } catch (SchemaException e) {
            throw AnthropicRequest.invalid(path + ": JSON schema is invalid. " + e.getMessage());
        }
    }

    private static void requireSupported(JsonNode schema, String path) {
        String type = schema.path("type").asText();
        JsonNode additional = schema.path("additionalProperties");
        if (type.equals("object") && additional.isMissingNode()) {
            throw AnthropicRequest.invalid(
                    path + ": For 'object' type, 'additionalProperties' must be explicitly set to false");
        }
        if (type.equals("object") && !(additional.isBoolean() && !additional.booleanValue())) {
            String was = additional.isObject() ? "object" : additional.toString();
            throw AnthropicRequest.invalid(path + ": For 'object' type, 'additionalProperties: " + was
                    + "' is not supported. Please set 'additionalProperties' to false");
        }
        List<String> unsupported = UNSUPPORTED.getOrDefault(type, Set.of()).stream()
                .filter(schema::has)
                .sorted()
                .toList();
        if (!unsupported.isEmpty()) {
            throw AnthropicRequest.invalid(path + ": For '" + type + "' type, "
                    + (unsupported.size() == 1 ? "property '" : "properties ")
                    + unsupported.stream().collect(Collectors.joining(", "))
                    + (unsupported.size() == 1 ? "' is not supported" : " are not supported"));
        }
        if (type.equals("array") && schema.path("minItems").asInt(0) > 1) {
            throw AnthropicRequest.invalid(
                    path + ": For 'array' type, 'minItems' values other than 0 or 1 are not supported");
        }
        for (String group : List.of("properties", "$defs", "definitions")) {
            schema.path(group).forEach(member -> requireSupported(member, path));
        }
        for (String group : List.of("anyOf", "oneOf", "allOf")) {
            schema.path(group).forEach(part -> requireSupported(part, path));
        }
        if (schema.path("items").isObject()) {
            requireSupported(schema.path("items"), path);
        }
    }

    static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
