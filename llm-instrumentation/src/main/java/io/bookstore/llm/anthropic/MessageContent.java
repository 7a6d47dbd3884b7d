package io.bookstore.llm.anthropic;

import com.anthropic.core.JsonValue;
import com.anthropic.core.ObjectMappers;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.bookstore.llm.content.Content;
import io.bookstore.llm.content.Message;
import io.bookstore.llm.content.Part;
import io.bookstore.llm.content.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Converts messages to the conventions' schema, from the JSON that goes over the wire: the SDK has each class of a message twice,
 * for its betas too. Runs only if a content policy wants it.
 */
final class MessageContent {

    private MessageContent() {}

    static Content input(JsonValue body) {
        Map<String, JsonValue> request = object(body);
        List<Part.Text> system = new ArrayList<>();
        for (Part part : parts(request.get("system"))) {
            if (part instanceof Part.Text text) {
                system.add(text);
            }
        }
        List<Message> messages = new ArrayList<>();
        for (JsonValue message : list(request.get("messages"))) {
            addMessages(messages, object(message));
        }
        List<ToolDefinition> tools = new ArrayList<>();
        for (JsonValue tool : list(request.get("tools"))) {
            Map<String, JsonValue> fields = object(tool);
            // A tool of Anthropic's own has no schema.
            if (fields.containsKey("input_schema")) {
                tools.add(new ToolDefinition(textOr(fields, "name", ""), text(fields, "description")));
            }
        }
        return new Content(system, messages, List.of(), tools);
    }

    /** The results of tools in a message of the user's are a message of their own in the conventions. */
    private static void addMessages(List<Message> messages, Map<String, JsonValue> message) {
        List<Part> said = new ArrayList<>();
        List<Part> results = new ArrayList<>();
        for (Part part : parts(message.get("content"))) {
            (part instanceof Part.ToolCallResponse ? results : said).add(part);
        }
        if (!results.isEmpty()) {
            messages.add(new Message("tool", results, null));
        }
        if (!said.isEmpty() || results.isEmpty()) {
            messages.add(new Message(textOr(message, "role", "user"), said, null));
        }
    }

    static Content output(JsonValue message) {
        Map<String, JsonValue> answer = object(message);
        String reason = text(answer, "stop_reason");
        // The schema demands a reason; an answer that was cut must not look whole.
        return Content.ofOutput(new Message(
                "assistant",
                parts(answer.get("content")),
                reason == null ? "unknown" : AnswerSoFar.finishReason(reason)));
    }

    private static List<Part> parts(@Nullable JsonValue content) {
        String whole = content == null ? null : Known.typed(content).asString().orElse(null);
        if (whole != null) {
            return List.of(new Part.Text(whole));
        }
        List<Part> parts = new ArrayList<>();
        for (JsonValue block : list(content)) {
            Part part = part(object(block));
            if (part != null) {
                parts.add(part);
            }
        }
        return parts;
    }

    private static @Nullable Part part(Map<String, JsonValue> block) {
        String type = textOr(block, "type", "");
        return switch (type) {
            case "text" -> new Part.Text(textOr(block, "text", ""));
            case "thinking" -> new Part.Reasoning(textOr(block, "thinking", ""));
            case "image", "document" -> attachment(type, object(block.get("source")));
            case "tool_use", "server_tool_use", "mcp_tool_use" ->
                new Part.ToolCall(text(block, "id"), textOr(block, "name", ""), json(block.get("input")));
            case "tool_result" -> new Part.ToolCallResponse(text(block, "tool_use_id"), result(block.get("content")));
            default -> null;
        };
    }

    private static Part attachment(String modality, Map<String, JsonValue> source) {
        String type = textOr(source, "type", "");
        return new Part.Attachment(type.equals("url") || type.equals("file") ? "uri" : "blob", modality);
    }

    private static String result(@Nullable JsonValue content) {
        return parts(content).stream()
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).content())
                .collect(Collectors.joining());
    }

    private static @Nullable String json(@Nullable JsonValue value) {
        try {
            return value == null ? null : ObjectMappers.jsonMapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The arguments of a tool are no JSON", e);
        }
    }

    private static Map<String, JsonValue> object(@Nullable JsonValue value) {
        return value == null ? Map.of() : Known.typed(value).asObject().orElse(Map.of());
    }

    private static List<JsonValue> list(@Nullable JsonValue value) {
        return value == null ? List.of() : Known.typed(value).asArray().orElse(List.of());
    }

    private static @Nullable String text(Map<String, JsonValue> fields, String name) {
        JsonValue value = fields.get(name);
        return value == null ? null : Known.typed(value).asString().orElse(null);
    }

    private static String textOr(Map<String, JsonValue> fields, String name, String otherwise) {
        String text = text(fields, name);
        return text == null ? otherwise : text;
    }
}
