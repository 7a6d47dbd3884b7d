package io.bookstore.simulator.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.anthropic.AnthropicOnBedrock;
import io.bookstore.simulator.anthropic.AnthropicOnBedrock.ThoughtTokens;
import io.bookstore.simulator.wire.ReasoningRules;
import io.bookstore.simulator.wire.RefusedException;
import java.util.List;
import java.util.function.Supplier;
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
        return ofModel(() -> AnthropicOnBedrock.thinking(asAnthropicHasIt(body, fields), model, maxTokens));
    }

    /** Refusals of the model itself, which Bedrock introduces. */
    private static <T> T ofModel(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (RefusedException e) {
            throw BedrockRequest.invalid(
                    "The model returned the following errors: " + e.refusal().message());
        }
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
        if (body.path("toolConfig").has("tools")) {
            message.set("tools", body.path("toolConfig").path("tools"));
        }
        message.set("messages", messages(body));
        return message;
    }

    private static ArrayNode messages(JsonNode body) {
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        for (JsonNode message : body.path("messages")) {
            ArrayNode content = messages.addObject()
                    .put("role", message.path("role").asText())
                    .putArray("content");
            message.path("content").forEach(block -> content.add(block(block)));
        }
        return messages;
    }

    /** A block as Anthropic has it, as far as it is about reasoning. */
    private static ObjectNode block(JsonNode block) {
        ObjectNode own = JsonNodeFactory.instance.objectNode();
        JsonNode reasoning = block.path("reasoningContent");
        if (reasoning.has("redactedContent")) {
            return own.put("type", "redacted_thinking").set("data", reasoning.path("redactedContent"));
        }
        if (block.has("reasoningContent")) {
            JsonNode text = reasoning.path("reasoningText");
            own.put("type", "thinking").put("thinking", text.path("text").asText(""));
            return text.has("signature") ? own.set("signature", text.path("signature")) : own;
        }
        if (block.has("toolUse") || block.has("toolResult")) {
            return own.put("type", block.has("toolUse") ? "tool_use" : "tool_result");
        }
        return own.put("type", "text").put("text", block.path("text").asText(""));
    }

    /** The input tokens of the reasoning that a request repeats; other models than Anthropic's sign nothing. */
    static ThoughtTokens repeated(JsonNode body, String model) {
        if (!AnthropicOnBedrock.serves(model)) {
            return (block, message, path) -> Tokenizer.count(block.path("reasoningContent")
                    .path("reasoningText")
                    .path("text")
                    .asText(""));
        }
        ThoughtTokens tokens = ofModel(() -> AnthropicOnBedrock.thoughts(messages(body), model));
        return (block, message, path) -> ofModel(() -> tokens.of(block(block), message, path));
    }
}
