package io.bookstore.simulator.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.anthropic.AnthropicOnBedrock;
import io.bookstore.simulator.wire.ReasoningRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the thinking of Anthropic's models, a field of the model's own:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html.
 */
final class BedrockReasoning {

    private static final String FIELDS = "additionalModelRequestFields";
    private static final List<String> KNOWN = List.of("thinking", "output_config", "anthropic_beta");

    private BedrockReasoning() {}

    static ReasoningRules read(JsonNode body, String model, @Nullable Integer maxTokens) {
        JsonNode fields = body.path(FIELDS);
        if (!fields.isObject() || fields.isEmpty()) {
            return ReasoningRules.NONE;
        }
        boolean claude = AnthropicOnBedrock.serves(model);
        fields.fieldNames().forEachRemaining(name -> {
            if (!claude || !KNOWN.contains(name)) {
                throw BedrockRequest.invalid("Malformed input request: extraneous key [" + name
                        + "] is not permitted, please reformat your input and try again.");
            }
        });
        return AnthropicOnBedrock.thinking(asAnthropicHasIt(body, fields), model, maxTokens);
    }

    /** The parameters that go with thinking, under the names that Anthropic gives them. */
    private static ObjectNode asAnthropicHasIt(JsonNode body, JsonNode fields) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.setAll((ObjectNode) fields);
        JsonNode config = body.path("inferenceConfig");
        if (config.has("temperature")) {
            message.set("temperature", config.get("temperature"));
        }
        if (config.has("topP")) {
            message.set("top_p", config.get("topP"));
        }
        JsonNode choice = body.path("toolConfig").path("toolChoice");
        if (choice.has("any") || choice.has("tool")) {
            message.putObject("tool_choice").put("type", "any");
        }
        return message;
    }

    /** The tokens of the reasoning in a block that a request repeats. */
    static int tokens(JsonNode block) {
        JsonNode text = block.path("reasoningContent").path("reasoningText").path("text");
        return Tokenizer.count(text.asText(""));
    }
}
