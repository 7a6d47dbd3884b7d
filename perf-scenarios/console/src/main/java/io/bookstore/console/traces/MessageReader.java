package io.bookstore.console.traces;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.otlp.SpanAttributes;
import io.opentelemetry.proto.common.v1.AnyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the messages of a call where its span has captured them: the JSON of the GenAI conventions, as text or as structured
 * attribute, and the numbered attributes of OpenInference and Traceloop.
 */
final class MessageReader {

    private static final ObjectMapper json = new ObjectMapper();

    private static final Pattern NUMBERED = Pattern.compile(
            "(llm\\.input_messages|llm\\.output_messages|gen_ai\\.prompt|gen_ai\\.completion)\\.(\\d{1,4})\\.(.+)");

    private static final Pattern TEXT =
            Pattern.compile("content|message\\.content|message\\.contents\\.\\d+\\.message_content\\.text"
                    + "|(?:message\\.)?tool_calls\\.\\d+\\.(?:tool_call\\.function\\.)?(?:name|arguments)");

    private MessageReader() {}

    /** Returns the messages in the order of the conversation; empty if none were captured. */
    static List<Message> read(SpanAttributes span) {
        List<Message> messages = new ArrayList<>();
        List<String> instructions = new ArrayList<>();
        array(span, "gen_ai.system_instructions").forEach(part -> instructions.add(part(part)));
        if (!instructions.isEmpty()) {
            messages.add(new Message("system", instructions));
        }
        array(span, "gen_ai.input.messages").forEach(message -> messages.add(message(message, "user")));
        array(span, "gen_ai.output.messages").forEach(message -> messages.add(message(message, "assistant")));
        return messages.isEmpty() ? numbered(span) : messages;
    }

    private static Iterable<JsonNode> array(SpanAttributes span, String name) {
        AnyValue value = span.values().get(name);
        if (value == null) {
            return List.of();
        }
        JsonNode read = value.hasStringValue()
                ? parsed(value.getStringValue())
                : json.valueToTree(AttributeValues.plain(value));
        return read.isArray() ? read : List.of(read);
    }

    /** Text that is no JSON, such as one that a limit of the sender has cut, is shown as it is. */
    private static JsonNode parsed(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException notJson) {
            return json.getNodeFactory().textNode(text);
        }
    }

    private static Message message(JsonNode message, String role) {
        List<String> parts = new ArrayList<>();
        if (message.path("parts").isArray()) {
            message.path("parts").forEach(part -> parts.add(part(part)));
        } else {
            parts.add(part(message));
        }
        return new Message(message.path("role").asText(role), parts);
    }

    private static String part(JsonNode part) {
        if (part.path("content").isTextual()) {
            return AttributeValues.shortened(part.path("content").asText());
        }
        return switch (part.path("type").asText()) {
            case "tool_call" ->
                "calls " + part.path("name").asText() + " "
                        + part.path("arguments").toString();
            case "tool_call_response" ->
                "result " + (part.has("response") ? part.path("response") : part.path("result")).toString();
            default -> AttributeValues.shortened(part.isTextual() ? part.asText() : part.toString());
        };
    }

    private static List<Message> numbered(SpanAttributes span) {
        Map<String, Message> messages = new TreeMap<>();
        span.values().forEach((name, value) -> {
            Matcher numbered = NUMBERED.matcher(name);
            if (!numbered.matches() || !value.hasStringValue()) {
                return;
            }
            boolean answer = numbered.group(1).matches(".*(output_messages|completion)");
            String order = (answer ? "b" : "a") + "%05d".formatted(Integer.parseInt(numbered.group(2)));
            Message message = messages.computeIfAbsent(
                    order, any -> new Message(answer ? "assistant" : "user", new ArrayList<>()));
            if (numbered.group(3).matches("(message\\.)?role")) {
                messages.put(order, new Message(value.getStringValue(), message.parts()));
            } else if (TEXT.matcher(numbered.group(3)).matches()) {
                message.parts().add(AttributeValues.shortened(value.getStringValue()));
            }
        });
        return List.copyOf(messages.values());
    }
}
