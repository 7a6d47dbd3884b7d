package io.bookstore.simulator.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.wire.ToolLoop;
import io.bookstore.simulator.wire.ToolRules;
import io.bookstore.simulator.wire.ToolRules.Choice;
import io.bookstore.simulator.wire.ToolRules.Tool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads {@code tools} and {@code tool_choice}: https://docs.claude.com/en/docs/agents-and-tools/tool-use/overview. Tools that
 * Anthropic defines itself, such as {@code web_search_20250305}, are counted and never called.
 */
final class AnthropicTools {

    private static final Pattern name = Pattern.compile("[a-zA-Z0-9_-]{1,128}");

    private AnthropicTools() {}

    static ToolRules read(JsonNode body) {
        List<Tool> tools = tools(body.path("tools"));
        JsonNode choice = body.path("tool_choice");
        boolean chosen = !choice.isMissingNode() && !choice.isNull();
        if (chosen && body.path("tools").isEmpty()) {
            throw AnthropicRequest.invalid("tool_choice may only be specified while providing tools.");
        }
        ToolLoop loop = AnthropicToolHistory.read(body.path("messages"));
        boolean parallel = !choice.path("disable_parallel_tool_use").asBoolean(false);
        String type = chosen ? choice.path("type").asText() : "auto";
        return switch (type) {
            case "auto" -> new ToolRules(tools, Choice.AUTO, parallel, loop);
            case "any" -> new ToolRules(tools, Choice.REQUIRED, parallel, loop);
            case "none" -> ToolRules.NONE;
            case "tool" ->
                new ToolRules(List.of(named(choice, tools, body.path("tools"))), Choice.NAMED, parallel, loop);
            default ->
                throw AnthropicRequest.invalid("tool_choice: Input tag '" + type + "' found using 'type' does not match"
                        + " any of the expected tags: 'any', 'auto', 'none', 'tool'");
        };
    }

    /**
     * The tokens of the system prompt that comes with tools:
     * https://docs.claude.com/en/docs/agents-and-tools/tool-use/overview#pricing.
     */
    static int promptTokens(JsonNode body, String model) {
        if (body.path("tools").isEmpty()) {
            return 0;
        }
        String type = body.path("tool_choice").path("type").asText("auto");
        boolean forced = type.equals("any") || type.equals("tool");
        if (model.startsWith("claude-3-5-haiku") || model.startsWith("claude-3-haiku")) {
            return forced ? 340 : 264;
        }
        if (model.startsWith("claude-3-opus")) {
            return forced ? 281 : 530;
        }
        if (model.startsWith("claude-3-sonnet")) {
            return forced ? 235 : 159;
        }
        return forced ? 313 : 346;
    }

    private static List<Tool> tools(JsonNode tools) {
        if (tools.isMissingNode() || tools.isNull()) {
            return List.of();
        }
        if (!tools.isArray()) {
            throw AnthropicRequest.invalid("tools: Input should be a valid list");
        }
        List<Tool> read = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < tools.size(); i++) {
            JsonNode tool = tools.get(i);
            if (!tool.isObject()) {
                throw AnthropicRequest.invalid("tools." + i + ": Input should be a valid dictionary");
            }
            if (tool.path("type").asText("custom").equals("custom")) {
                read.add(custom(tool, "tools." + i + ".custom"));
            }
            if (!names.add(tool.path("name").asText())) {
                throw AnthropicRequest.invalid("tools: Tool names must be unique.");
            }
        }
        return read;
    }

    private static Tool custom(JsonNode tool, String path) {
        JsonNode called = tool.path("name");
        if (called.isMissingNode()) {
            throw AnthropicRequest.invalid(path + ".name: Field required");
        }
        if (!called.isTextual() || !name.matcher(called.textValue()).matches()) {
            throw AnthropicRequest.invalid(path + ".name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'");
        }
        JsonNode schema = tool.path("input_schema");
        if (schema.isMissingNode()) {
            throw AnthropicRequest.invalid(path + ".input_schema: Field required");
        }
        if (schema.path("type").isMissingNode()) {
            throw AnthropicRequest.invalid(path + ".input_schema.type: Field required");
        }
        if (!schema.path("type").asText().equals("object")) {
            throw AnthropicRequest.invalid(path + ".input_schema.type: Input should be 'object'");
        }
        return new Tool(called.textValue(), AnthropicSchemas.schema(schema, path + ".input_schema"));
    }

    private static Tool named(JsonNode choice, List<Tool> tools, JsonNode definitions) {
        JsonNode wanted = choice.path("name");
        if (wanted.isMissingNode()) {
            throw AnthropicRequest.invalid("tool_choice.tool.name: Field required");
        }
        Tool tool = ToolRules.named(wanted.asText(), tools);
        if (tool != null) {
            return tool;
        }
        for (JsonNode definition : definitions) {
            if (definition.path("name").equals(wanted)) {
                throw AnthropicRequest.invalid("tool_choice.tool.name: '" + wanted.asText()
                        + "' is defined by Anthropic, and llm-simulator calls only tools of type 'custom'");
            }
        }
        throw AnthropicRequest.invalid("Tool '" + wanted.asText() + "' not found in provided tools");
    }
}
