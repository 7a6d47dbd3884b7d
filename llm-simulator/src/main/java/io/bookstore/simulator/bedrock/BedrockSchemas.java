package io.bookstore.simulator.bedrock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.schema.JsonSchema;
import io.bookstore.simulator.schema.SchemaException;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code outputConfig.textFormat}, whose schema is JSON in a string:
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_JsonSchemaDefinition.html.
 */
final class BedrockSchemas {

    private static final ObjectMapper json = new ObjectMapper();

    private BedrockSchemas() {}

    /** The definition of the schema; missing if the answer is prose. */
    static JsonNode definition(JsonNode body) {
        JsonNode format = body.path("outputConfig").path("textFormat");
        if (!format.isMissingNode() && !format.path("type").asText().equals("json_schema")) {
            throw BedrockRequest.invalid("1 validation error detected: Value '"
                    + format.path("type").asText()
                    + "' at 'outputConfig.textFormat.type' failed to satisfy constraint: Member must satisfy enum"
                    + " value set: [json_schema]");
        }
        return format.path("structure").path("jsonSchema");
    }

    static @Nullable JsonSchema read(JsonNode definition) {
        if (definition.isMissingNode()) {
            return null;
        }
        try {
            return JsonSchema.read(json.readTree(definition.path("schema").asText()));
        } catch (JsonProcessingException | SchemaException e) {
            throw BedrockRequest.invalid(
                    "The value at outputConfig.textFormat.structure.jsonSchema.schema is not a supported JSON schema: "
                            + e.getMessage());
        }
    }
}
