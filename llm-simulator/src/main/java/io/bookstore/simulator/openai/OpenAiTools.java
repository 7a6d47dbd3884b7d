package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bookstore.simulator.schema.JsonSchema;
import io.bookstore.simulator.wire.ToolLoop;
import io.bookstore.simulator.wire.ToolRules;
import io.bookstore.simulator.wire.ToolRules.Choice;
import io.bookstore.simulator.wire.ToolRules.Tool;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code tools}, {@code tool_choice} and {@code parallel_tool_calls}:
 * https://platform.openai.com/docs/guides/function-calling.
 *
 * @param nested true for chat completions, where a function is in {@code function}; false for responses
 */
record OpenAiTools(boolean nested) {

    static final OpenAiTools CHAT = new OpenAiTools(true);

    /** Tools that OpenAI runs itself, such as {@code web_search}, are accepted and never called. */
    static final OpenAiTools RESPONSES = new OpenAiTools(false);

    private static final int MOST_TOOLS = 128;
    private static final JsonNode NO_ARGUMENTS =
            JsonNodeFactory.instance.objectNode().put("type", "object").put("additionalProperties", false);

    ToolRules read(JsonNode body, ToolLoop loop) {
        JsonNode definitions = body.path("tools");
        List<Tool> tools = tools(definitions);
        boolean any = !isAbsent(definitions);
        JsonNode parallel = body.path("parallel_tool_calls");
        if (!isAbsent(parallel) && !parallel.isBoolean()) {
            throw OpenAiInvalid.wrongType("parallel_tool_calls", "a boolean", parallel);
        }
        if (nested && !any) {
            requireAbsent(body, "parallel_tool_calls");
            requireAbsent(body, "tool_choice");
        }
        boolean several = parallel.asBoolean(true);
        JsonNode choice = body.path("tool_choice");
        if (isAbsent(choice)) {
            return new ToolRules(tools, Choice.AUTO, several, loop);
        }
        if (choice.isObject()) {
            return choice.path("type").asText().equals("allowed_tools")
                    ? allowed(nested ? choice.path("allowed_tools") : choice, tools, several, loop)
                    : new ToolRules(List.of(named(choice, tools)), Choice.NAMED, several, loop);
        }
        if (!choice.isTextual()) {
            throw OpenAiInvalid.wrongType("tool_choice", "one of a string or object", choice);
        }
        return switch (choice.textValue()) {
            case "auto" -> new ToolRules(tools, Choice.AUTO, several, loop);
            case "none" -> ToolRules.NONE;
            case "required" -> new ToolRules(tools, Choice.REQUIRED, several, loop);
            default ->
                throw OpenAiInvalid.unsupported("tool_choice", choice.textValue(), "'none', 'auto', and 'required'");
        };
    }

    private static void requireAbsent(JsonNode body, String parameter) {
        if (!isAbsent(body.path(parameter))) {
            throw OpenAiInvalid.withoutCode(
                    "Invalid value for '" + parameter + "': '" + parameter
                            + "' is only allowed when 'tools' are specified.",
                    parameter);
        }
    }

    private List<Tool> tools(JsonNode tools) {
        if (isAbsent(tools)) {
            return List.of();
        }
        if (!tools.isArray()) {
            throw OpenAiInvalid.wrongType("tools", "an array of objects", tools);
        }
        if (nested && tools.isEmpty()) {
            throw OpenAiInvalid.emptyArray("tools");
        }
        if (tools.size() > MOST_TOOLS) {
            throw OpenAiInvalid.tooLong("tools", MOST_TOOLS, tools.size());
        }
        List<Tool> read = new ArrayList<>();
        for (int i = 0; i < tools.size(); i++) {
            JsonNode tool = tools.get(i);
            String path = "tools[" + i + "]";
            if (!tool.isObject()) {
                throw OpenAiInvalid.wrongType(path, "an object", tool);
            }
            String type = tool.path("type").asText();
            if (type.isEmpty()) {
                throw OpenAiInvalid.missing(path + ".type");
            }
            if (type.equals("function")) {
                read.add(nested ? function(tool.path("function"), path + ".function") : function(tool, path));
            } else if (nested || type.equals("custom")) {
                throw OpenAiInvalid.unsupported(path + ".type", type, "'function'");
            }
        }
        return read;
    }

    private static Tool function(JsonNode function, String path) {
        if (!function.isObject()) {
            throw OpenAiInvalid.missing(path);
        }
        OpenAiSchemas.requireName(function.path("name"), path + ".name");
        String name = function.path("name").textValue();
        JsonNode parameters = function.path("parameters");
        if (isAbsent(parameters)) {
            return new Tool(name, JsonSchema.read(NO_ARGUMENTS));
        }
        String owner = "function '" + name + "'";
        String where = path + ".parameters";
        if (!parameters.isObject()) {
            throw OpenAiInvalid.wrongType(where, "an object", parameters);
        }
        if (parameters.has("type") && !parameters.path("type").asText().equals("object")) {
            throw OpenAiInvalid.schema(
                    owner,
                    "schema must be a JSON Schema of 'type: \"object\"', got 'type: " + parameters.path("type") + "'.",
                    where,
                    "invalid_function_parameters");
        }
        boolean strict = function.path("strict").asBoolean(false);
        return new Tool(name, OpenAiSchemas.schema(parameters, strict, owner, where, "invalid_function_parameters"));
    }

    /** The choice among some of the tools. */
    private ToolRules allowed(JsonNode choice, List<Tool> tools, boolean several, ToolLoop loop) {
        List<Tool> some = new ArrayList<>();
        for (JsonNode tool : choice.path("tools")) {
            some.add(named(tool, tools));
        }
        boolean required = choice.path("mode").asText().equals("required");
        return new ToolRules(some, required ? Choice.REQUIRED : Choice.AUTO, several, loop);
    }

    private Tool named(JsonNode choice, List<Tool> tools) {
        if (!choice.path("type").asText().equals("function")) {
            throw OpenAiInvalid.unsupported(
                    "tool_choice.type", choice.path("type").asText(), "'allowed_tools' and 'function'");
        }
        JsonNode name = nested ? choice.path("function").path("name") : choice.path("name");
        if (isAbsent(name)) {
            throw OpenAiInvalid.missing(nested ? "tool_choice.function.name" : "tool_choice.name");
        }
        Tool tool = ToolRules.named(name.asText(), tools);
        if (tool == null) {
            throw OpenAiInvalid.withoutCode(
                    "Tool choice 'function' not found in 'tools' parameter: no function is named '" + name.asText()
                            + "'.",
                    "tool_choice");
        }
        return tool;
    }

    static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
