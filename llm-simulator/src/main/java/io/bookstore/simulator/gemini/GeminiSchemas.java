package io.bookstore.simulator.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.schema.JsonSchema;
import io.bookstore.simulator.schema.SchemaException;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the schema of an answer, in Google's own form (a part of OpenAPI 3.0, https://ai.google.dev/api/caching#Schema) or as
 * JSON schema: https://ai.google.dev/gemini-api/docs/structured-output.
 */
final class GeminiSchemas {

    private static final String CONFIG = "* GenerateContentRequest.generation_config.";
    private static final Map<String, String> snakes = new ConcurrentHashMap<>();
    private static final List<String> NUMBERS =
            List.of("minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties");

    private GeminiSchemas() {}

    /** A field by its name in JSON or by its name in Google's protocol buffers: both are read. */
    static JsonNode field(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isMissingNode()) {
            return value.isNull() ? JsonNodeFactory.instance.missingNode() : value;
        }
        JsonNode snake = node.path(snakes.computeIfAbsent(
                name, camel -> camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT)));
        return snake.isNull() ? JsonNodeFactory.instance.missingNode() : snake;
    }

    /** The schema as the request has it; missing if it has none. */
    static JsonNode sent(JsonNode config) {
        JsonNode own = field(config, "responseSchema");
        JsonNode json = field(config, "responseJsonSchema");
        return own.isMissingNode() ? json.isMissingNode() ? config.path("_responseJsonSchema") : json : own;
    }

    static @Nullable JsonSchema read(JsonNode config) {
        String type = field(config, "responseMimeType").asText("text/plain");
        JsonNode schema = sent(config);
        return switch (type) {
            case "text/plain", "" -> {
                if (!schema.isMissingNode()) {
                    throw refused("response_mime_type: it must be application/json when a response schema is set.");
                }
                yield null;
            }
            case "application/json" ->
                schema.isMissingNode()
                        ? JsonSchema.SOME_OBJECT
                        : schema(schema, !field(config, "responseSchema").isMissingNode(), CONFIG + "response_schema");
            case "text/x.enum", "application/xml", "application/yaml" ->
                throw refused("response_mime_type: " + type + " is not supported by this model.");
            default ->
                throw refused("response_mime_type: allowed mimetypes are `text/plain`, `application/json`,"
                        + " `application/xml`, `application/yaml` and `text/x.enum`.");
        };
    }

    /** @param own true for Google's own form */
    static JsonSchema schema(JsonNode schema, boolean own, String path) {
        try {
            return JsonSchema.read(own ? jsonSchema(schema) : schema);
        } catch (SchemaException e) {
            throw new RefusedException(Kind.INVALID_REQUEST, path + ": " + e.getMessage() + "\n");
        }
    }

    /** Google's form as JSON schema: types in small letters, {@code nullable} as a type, and counts, which may be strings. */
    private static JsonNode jsonSchema(JsonNode own) {
        if (!own.isObject()) {
            return own;
        }
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> rule : own.properties()) {
            JsonNode value = rule.getValue();
            switch (rule.getKey()) {
                case "type" -> schema.put("type", value.asText().toLowerCase(Locale.ROOT));
                case "properties", "$defs" -> {
                    ObjectNode members = schema.putObject(rule.getKey());
                    value.properties().forEach(member -> members.set(member.getKey(), jsonSchema(member.getValue())));
                }
                case "items", "additionalProperties" -> schema.set(rule.getKey(), jsonSchema(value));
                case "anyOf", "any_of" -> {
                    var alternatives = schema.putArray("anyOf");
                    value.forEach(alternative -> alternatives.add(jsonSchema(alternative)));
                }
                default ->
                    schema.set(
                            rule.getKey(),
                            NUMBERS.contains(rule.getKey()) && value.isTextual()
                                    ? JsonNodeFactory.instance.numberNode(value.asLong())
                                    : value);
            }
        }
        if (own.path("nullable").asBoolean(false)) {
            ObjectNode nullable = JsonNodeFactory.instance.objectNode();
            nullable.putArray("anyOf").add(schema).addObject().put("type", "null");
            return nullable;
        }
        return schema;
    }

    private static RefusedException refused(String sentence) {
        return new RefusedException(Kind.INVALID_REQUEST, CONFIG + sentence + "\n");
    }
}
