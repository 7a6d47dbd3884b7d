package io.bookstore.simulator.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.wire.ToolLoop;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reads the calls and results of tools in the messages: each result follows its call, and each call gets one. */
final class AnthropicToolHistory {

    private AnthropicToolHistory() {}

    static ToolLoop read(JsonNode messages) {
        ToolLoop loop = ToolLoop.NONE;
        Set<String> open = new LinkedHashSet<>();
        for (int i = 0; i < messages.size(); i++) {
            JsonNode content = messages.get(i).path("content");
            boolean answered = requireResults(content, "messages." + i + ".content.", open);
            requireNone(open, i - 1);
            boolean user = messages.get(i).path("role").asText().equals("user");
            if (user && !answered) {
                loop = ToolLoop.NONE;
            }
            open = user ? new LinkedHashSet<>() : calls(content);
            if (!open.isEmpty()) {
                loop = loop.after(ToolLoop.markOfId(open.iterator().next()));
            }
        }
        requireNone(open, messages.size() - 1);
        return loop;
    }

    /** Takes the calls that a message answers out of the open ones; returns whether there were any. */
    private static boolean requireResults(JsonNode content, String path, Set<String> open) {
        boolean answered = false;
        for (int i = 0; content.isArray() && i < content.size(); i++) {
            JsonNode block = content.get(i);
            if (!block.path("type").asText().equals("tool_result")) {
                continue;
            }
            JsonNode id = block.path("tool_use_id");
            if (id.isMissingNode()) {
                throw AnthropicRequest.invalid(path + i + ".tool_result.tool_use_id: Field required");
            }
            if (!open.remove(id.asText())) {
                throw AnthropicRequest.invalid(path + i + ": unexpected `tool_use_id` found in `tool_result` blocks: "
                        + id.asText() + ". Each `tool_result` block must have a corresponding `tool_use` block in the"
                        + " previous message.");
            }
            answered = true;
        }
        return answered;
    }

    private static void requireNone(Set<String> open, int message) {
        if (!open.isEmpty()) {
            throw AnthropicRequest.invalid("messages." + message + ": `tool_use` ids were found without `tool_result`"
                    + " blocks immediately after: " + String.join(", ", open) + ". Each `tool_use` block must have a"
                    + " corresponding `tool_result` block in the next message.");
        }
    }

    private static Set<String> calls(JsonNode content) {
        Set<String> calls = new LinkedHashSet<>();
        for (JsonNode block : content) {
            if (block.path("type").asText().equals("tool_use")) {
                calls.add(block.path("id").asText());
            }
        }
        return calls;
    }
}
