package io.bookstore.simulator.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bookstore.simulator.schema.JsonSchema;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import io.bookstore.simulator.wire.ToolLoop;
import io.bookstore.simulator.wire.ToolRules;
import io.bookstore.simulator.wire.ToolRules.Choice;
import io.bookstore.simulator.wire.ToolRules.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads {@code tools} and {@code toolConfig}: https://ai.google.dev/gemini-api/docs/function-calling. Tools that Google runs
 * itself, such as {@code googleSearch}, are accepted and never called.
 */
final class GeminiTools {

    private static final String REQUEST = "* GenerateContentRequest.";
    private static final Pattern name = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.-]{0,63}");
    private static final JsonNode NO_ARGUMENTS =
            JsonNodeFactory.instance.objectNode().put("type", "object").put("additionalProperties", false);

    private GeminiTools() {}

    static ToolRules read(JsonNode body, ToolLoop loop) {
        List<Tool> tools = tools(body.path("tools"));
        JsonNode config = GeminiSchemas.field(GeminiSchemas.field(body, "toolConfig"), "functionCallingConfig");
        String mode = config.path("mode").asText("AUTO").toUpperCase(Locale.ROOT);
        JsonNode allowed = GeminiSchemas.field(config, "allowedFunctionNames");
        String path = REQUEST + "tool_config.function_calling_config.";
        if (!allowed.isEmpty() && !mode.equals("ANY") && !mode.equals("VALIDATED")) {
            throw invalid(path + "allowed_function_names: it should be set only when the mode is ANY or VALIDATED.");
        }
        return switch (mode) {
            case "AUTO", "MODE_UNSPECIFIED", "VALIDATED" ->
                new ToolRules(allowed(tools, allowed, path), Choice.AUTO, true, loop);
            case "ANY" -> {
                if (tools.isEmpty()) {
                    throw invalid(path + "mode: ANY needs at least one function declaration.");
                }
                yield new ToolRules(allowed(tools, allowed, path), Choice.REQUIRED, true, loop);
            }
            case "NONE" -> ToolRules.NONE;
            default ->
                throw invalid("Invalid value at 'tool_config.function_calling_config.mode'"
                        + " (type.googleapis.com/google.ai.generativelanguage.v1beta.FunctionCallingConfig.Mode), \""
                        + mode + "\"");
        };
    }

    private static List<Tool> allowed(List<Tool> tools, JsonNode allowed, String path) {
        if (allowed.isEmpty()) {
            return tools;
        }
        List<Tool> some = new ArrayList<>();
        for (JsonNode wanted : allowed) {
            Tool tool = ToolRules.named(wanted.asText(), tools);
            if (tool == null) {
                throw invalid(path + "allowed_function_names: '" + wanted.asText()
                        + "' is not one of the declared functions.");
            }
            some.add(tool);
        }
        return some;
    }

    private static List<Tool> tools(JsonNode tools) {
        if (!tools.isMissingNode() && !tools.isNull() && !tools.isContainerNode()) {
            throw invalid("Invalid value at 'tools' (type.googleapis.com/google.ai.generativelanguage.v1beta.Tool), "
                    + tools);
        }
        List<Tool> read = new ArrayList<>();
        int index = 0;
        for (JsonNode tool : tools.isObject() ? List.of(tools) : tools) {
            JsonNode functions = GeminiSchemas.field(tool, "functionDeclarations");
            for (int i = 0; i < functions.size(); i++) {
                read.add(
                        function(functions.get(i), REQUEST + "tools[" + index + "].function_declarations[" + i + "]."));
            }
            index++;
        }
        return read;
    }

    private static Tool function(JsonNode function, String path) {
        String called = function.path("name").asText();
        if (!name.matcher(called).matches()) {
            throw invalid(path + "name: Invalid function name. Must start with a letter or an underscore. Must be"
                    + " alphameric (a-z, A-Z, 0-9), underscores (_), dots (.) or dashes (-), with a maximum length of"
                    + " 64.");
        }
        JsonNode own = GeminiSchemas.field(function, "parameters");
        JsonNode json = GeminiSchemas.field(function, "parametersJsonSchema");
        if (!own.isMissingNode()) {
            return new Tool(called, GeminiSchemas.schema(own, true, path + "parameters"));
        }
        return new Tool(
                called,
                json.isMissingNode()
                        ? JsonSchema.read(NO_ARGUMENTS)
                        : GeminiSchemas.schema(json, false, path + "parameters_json_schema"));
    }

    static RefusedException invalid(String sentence) {
        return new RefusedException(Kind.INVALID_REQUEST, sentence + "\n");
    }
}
