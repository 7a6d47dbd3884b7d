package io.bookstore.simulator.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.schema.JsonSchema;
import io.bookstore.simulator.schema.SchemaException;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import io.bookstore.simulator.wire.ToolCall;
import io.bookstore.simulator.wire.ToolLoop;
import io.bookstore.simulator.wire.ToolMark;
import io.bookstore.simulator.wire.ToolRules;
import io.bookstore.simulator.wire.ToolRules.Choice;
import io.bookstore.simulator.wire.ToolRules.Tool;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code tools}, and the calls among the messages: https://github.com/ollama/ollama/blob/main/docs/api.md. There is no
 * choice of tools, and a result without a call is accepted, as Ollama does.
 */
final class OllamaTools {

    private static final JsonNode NO_ARGUMENTS =
            JsonNodeFactory.instance.objectNode().put("type", "object").put("additionalProperties", false);

    private OllamaTools() {}

    static ToolRules read(JsonNode body) {
        List<Tool> tools = tools(body.path("tools"));
        return tools.isEmpty() ? ToolRules.NONE : new ToolRules(tools, Choice.AUTO, true, loop(body.path("messages")));
    }

    /** The tokens of tools and calls; the text of the template is not published per model: that of the JSON is assumed. */
    static int tokens(JsonNode body) {
        JsonNode tools = body.path("tools");
        int tokens = tools.isEmpty() ? 0 : Tokenizer.count(tools.toString());
        for (JsonNode message : body.path("messages")) {
            for (JsonNode call : message.path("tool_calls")) {
                JsonNode function = call.path("function");
                tokens += ToolCall.tokens(function.path("name").asText(), function.path("arguments"));
            }
        }
        return tokens;
    }

    private static List<Tool> tools(JsonNode tools) {
        if (tools.isMissingNode() || tools.isNull()) {
            return List.of();
        }
        if (!tools.isArray()) {
            throw refused("json: cannot unmarshal " + kind(tools)
                    + " into Go struct field ChatRequest.tools of type api.Tools");
        }
        List<Tool> read = new ArrayList<>();
        for (JsonNode tool : tools) {
            JsonNode function = tool.path("function");
            String name = function.path("name").asText();
            if (name.isEmpty()) {
                throw refused("tools[" + read.size() + "].function.name is required");
            }
            JsonNode parameters = function.path("parameters");
            try {
                read.add(new Tool(name, JsonSchema.read(parameters.isObject() ? parameters : NO_ARGUMENTS)));
            } catch (SchemaException e) {
                throw refused("invalid parameters of tool '" + name + "': " + e.getMessage());
            }
        }
        return read;
    }

    private static String kind(JsonNode value) {
        return value.isTextual() ? "string" : value.isObject() ? "object" : value.isNumber() ? "number" : "bool";
    }

    private static ToolLoop loop(JsonNode messages) {
        ToolLoop loop = ToolLoop.NONE_BY_TEXT;
        for (JsonNode message : messages) {
            if (message.path("role").asText().equals("user")) {
                loop = ToolLoop.NONE_BY_TEXT;
            }
            JsonNode first = message.path("tool_calls").path(0).path("function");
            if (!first.isMissingNode()) {
                loop = loop.after(ToolMark.of(first.path("name").asText(), first.path("arguments")));
            }
        }
        return loop;
    }

    private static RefusedException refused(String sentence) {
        return new RefusedException(Kind.INVALID_REQUEST, sentence);
    }
}
