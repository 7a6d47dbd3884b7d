package io.bookstore.simulator.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.schema.JsonSchema;
import io.bookstore.simulator.schema.SchemaException;
import io.bookstore.simulator.wire.ToolLoop;
import io.bookstore.simulator.wire.ToolRules;
import io.bookstore.simulator.wire.ToolRules.Choice;
import io.bookstore.simulator.wire.ToolRules.Tool;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code toolConfig}: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolConfiguration.html. */
final class BedrockTools {

    // Of Claude 4 on Anthropic's own API; Amazon publishes none.
    private static final int PROMPT_TOKENS = 346; // assumption
    private static final int PROMPT_TOKENS_IF_FORCED = 313; // assumption

    private BedrockTools() {}

    static ToolRules read(JsonNode body) {
        ToolLoop loop = loop(body.path("messages"), body.has("toolConfig"));
        JsonNode config = body.path("toolConfig");
        if (config.isMissingNode() || config.isNull()) {
            return ToolRules.NONE;
        }
        List<Tool> tools = tools(config.path("tools"));
        JsonNode choice = config.path("toolChoice");
        if (choice.has("tool")) {
            String name = choice.path("tool").path("name").asText();
            Tool tool = ToolRules.named(name, tools);
            if (tool == null) {
                throw BedrockRequest.invalid(
                        "The tool '" + name
                                + "' at toolConfig.toolChoice.tool.name is not in toolConfig.tools. Add the tool and try again.");
            }
            return new ToolRules(List.of(tool), Choice.NAMED, true, loop);
        }
        return new ToolRules(tools, choice.has("any") ? Choice.REQUIRED : Choice.AUTO, true, loop);
    }

    /** The tokens of the system prompt that comes with tools. */
    static int promptTokens(JsonNode body) {
        JsonNode config = body.path("toolConfig");
        if (config.path("tools").isEmpty()) {
            return 0;
        }
        JsonNode choice = config.path("toolChoice");
        boolean forced = choice.has("tool") || choice.has("any");
        return forced ? PROMPT_TOKENS_IF_FORCED : PROMPT_TOKENS;
    }

    private static List<Tool> tools(JsonNode tools) {
        if (!tools.isArray() || tools.isEmpty()) {
            throw BedrockRequest.invalid(
                    "1 validation error detected: Value '" + (tools.isMissingNode() ? "null" : tools)
                            + "' at 'toolConfig.tools' failed to satisfy constraint: Member must have length greater than or"
                            + " equal to 1");
        }
        List<Tool> read = new ArrayList<>();
        for (int i = 0; i < tools.size(); i++) {
            JsonNode specification = tools.get(i).path("toolSpec");
            if (specification.isMissingNode()) {
                continue;
            }
            String path = "toolConfig.tools." + (i + 1) + ".member.toolSpec.";
            String name = specification.path("name").asText();
            if (!name.matches("[a-zA-Z0-9_-]{1,64}")) {
                throw BedrockRequest.invalid("1 validation error detected: Value '" + name + "' at '" + path
                        + "name' failed to satisfy constraint: Member must satisfy regular expression pattern:"
                        + " [a-zA-Z0-9_-]+");
            }
            JsonNode schema = specification.path("inputSchema").path("json");
            if (!schema.path("type").asText().equals("object")) {
                throw BedrockRequest.invalid(
                        "The value at " + path + "inputSchema.json.type must be one of the" + " following: object.");
            }
            try {
                read.add(new Tool(name, JsonSchema.read(schema)));
            } catch (SchemaException e) {
                throw BedrockRequest.invalid(
                        "The value at " + path + "inputSchema.json is not a supported JSON schema: " + e.getMessage());
            }
        }
        return read;
    }

    private static ToolLoop loop(JsonNode messages, boolean configured) {
        ToolLoop loop = ToolLoop.NONE;
        Set<String> open = new LinkedHashSet<>();
        for (int i = 0; i < messages.size(); i++) {
            Set<String> calls = new LinkedHashSet<>();
            boolean answered = false;
            for (JsonNode block : messages.get(i).path("content")) {
                JsonNode call = block.path("toolUse");
                JsonNode result = block.path("toolResult");
                if (!configured && !(call.isMissingNode() && result.isMissingNode())) {
                    throw BedrockRequest.invalid(
                            "The toolConfig field must be defined when using toolUse and toolResult content blocks.");
                }
                if (!call.isMissingNode()) {
                    calls.add(call.path("toolUseId").asText());
                } else if (!result.isMissingNode()) {
                    answered = true;
                    if (!open.remove(result.path("toolUseId").asText())) {
                        throw BedrockRequest.invalid("The number of toolResult blocks at messages." + i
                                + ".content exceeds the number of toolUse blocks of previous turn.");
                    }
                }
            }
            if (!open.isEmpty()) {
                throw BedrockRequest.invalid("Expected toolResult blocks at messages." + i
                        + ".content for the following Ids: " + String.join(", ", open));
            }
            if (!calls.isEmpty()) {
                loop = loop.after(ToolLoop.markOfId(calls.iterator().next()));
            } else if (!answered && messages.get(i).path("role").asText().equals("user")) {
                loop = ToolLoop.NONE;
            }
            open = calls;
        }
        return loop;
    }
}
