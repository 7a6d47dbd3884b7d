package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.wire.RefusedException;
import io.bookstore.simulator.wire.ToolCall;
import io.bookstore.simulator.wire.ToolLoop;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reads the messages of a chat: their roles, and that each call of a tool is followed by its result. */
final class OpenAiMessages {

    private static final Set<String> ROLES = Set.of("system", "assistant", "user", "function", "tool", "developer");
    private static final String SUPPORTED = "'system', 'assistant', 'user', 'function', 'tool', and 'developer'";

    private final JsonNode messages;
    private ToolLoop loop = ToolLoop.NONE;
    private int callTokens;

    OpenAiMessages(JsonNode messages) {
        this.messages = messages;
        Set<String> open = new LinkedHashSet<>();
        for (int i = 0; i < messages.size(); i++) {
            JsonNode message = messages.get(i);
            String role = role(message, i);
            if (role.equals("tool")) {
                requireCall(message, i, open);
                continue;
            }
            requireNone(open, i);
            if (role.equals("user")) {
                loop = ToolLoop.NONE;
            } else if (role.equals("assistant")) {
                readCalls(message.path("tool_calls"), i, open);
            }
        }
        requireNone(open, messages.size());
    }

    ToolLoop loop() {
        return loop;
    }

    /** The tokens of all calls in the messages. */
    int callTokens() {
        return callTokens;
    }

    private static String role(JsonNode message, int index) {
        String role = message.path("role").asText();
        if (role.isEmpty()) {
            throw OpenAiInvalid.missing("messages[" + index + "].role");
        }
        if (!ROLES.contains(role)) {
            throw OpenAiInvalid.unsupported("messages[" + index + "].role", role, SUPPORTED);
        }
        return role;
    }

    private void requireCall(JsonNode message, int index, Set<String> open) {
        JsonNode id = message.path("tool_call_id");
        if (id.isMissingNode()) {
            throw OpenAiInvalid.missing("messages[" + index + "].tool_call_id");
        }
        if (!open.remove(id.asText())) {
            throw OpenAiInvalid.withoutCode(
                    "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with"
                            + " 'tool_calls'.",
                    "messages.[" + index + "].role");
        }
    }

    private void readCalls(JsonNode calls, int index, Set<String> open) {
        for (JsonNode call : calls) {
            String path = "messages[" + index + "].tool_calls[" + open.size() + "]";
            if (call.path("id").asText().isEmpty()) {
                throw OpenAiInvalid.missing(path + ".id");
            }
            JsonNode function = call.path("function");
            if (!function.path("arguments").isTextual()) {
                throw function.path("arguments").isMissingNode()
                        ? OpenAiInvalid.missing(path + ".function.arguments")
                        : OpenAiInvalid.wrongType(path + ".function.arguments", "a string", function.path("arguments"));
            }
            open.add(call.path("id").asText());
            callTokens += ToolCall.tokens(
                    function.path("name").asText(), function.path("arguments").textValue());
        }
        if (!open.isEmpty()) {
            loop = loop.after(ToolLoop.markOfId(open.iterator().next()));
        }
    }

    private void requireNone(Set<String> open, int index) {
        if (!open.isEmpty()) {
            throw unanswered(open, Math.min(index, messages.size() - 1));
        }
    }

    private static RefusedException unanswered(Set<String> open, int index) {
        return OpenAiInvalid.withoutCode(
                "An assistant message with 'tool_calls' must be followed by tool messages responding to each"
                        + " 'tool_call_id'. The following tool_call_ids did not have response messages: "
                        + String.join(", ", open),
                "messages.[" + index + "].role");
    }
}
