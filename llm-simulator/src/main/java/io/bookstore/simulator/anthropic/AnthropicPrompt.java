package io.bookstore.simulator.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.cache.PromptBlocks;
import io.bookstore.simulator.wire.ToolCall;
import java.time.Duration;
import java.util.List;

/** Reads tools, system prompt and messages, in the order in which they are cached. */
final class AnthropicPrompt {

    private static final int MAX_BREAKPOINTS = 4;

    // Those of tools that Anthropic runs itself count nothing, since their results are of its making.
    private static final List<String> TYPES = List.of(
            "bash_code_execution_tool_result",
            "code_execution_tool_result",
            "container_upload",
            "document",
            "image",
            "mcp_tool_result",
            "mcp_tool_use",
            "redacted_thinking",
            "search_result",
            "server_tool_use",
            "text",
            "text_editor_code_execution_tool_result",
            "thinking",
            "tool_reference",
            "tool_result",
            "tool_search_tool_result",
            "tool_use",
            "web_fetch_tool_result",
            "web_search_tool_result");

    private AnthropicPrompt() {}

    static PromptBlocks read(JsonNode body, AnthropicBetas betas) {
        JsonNode messages = AnthropicRequest.required(body, "messages");
        if (!messages.isArray()) {
            throw AnthropicRequest.invalid("messages: Input should be a valid list");
        }
        if (messages.isEmpty()) {
            throw AnthropicRequest.invalid("messages: at least one message is required");
        }
        AnthropicThoughts thoughts =
                AnthropicThoughts.of(messages, body.path("model").asText());
        AnthropicDocuments documents = new AnthropicDocuments(betas);
        PromptBlocks prompt = new PromptBlocks();
        int tool = 0;
        for (JsonNode definition : body.path("tools")) {
            prompt.addOther(definition.toString(), Tokenizer.count(definition.toString()));
            addBreakpoint(prompt, definition, "tools." + tool++ + ".");
        }
        addContent(prompt, body.path("system"), "system", thoughts, documents, -1);
        for (int i = 0; i < messages.size(); i++) {
            JsonNode message = messages.get(i);
            String role = message.path("role").asText();
            if (!role.equals("user") && !role.equals("assistant")) {
                throw AnthropicRequest.invalid("messages." + i + ".role: Input should be 'user' or 'assistant'");
            }
            if (message.path("content").isMissingNode()) {
                throw AnthropicRequest.invalid("messages." + i + ".content: Field required");
            }
            addContent(prompt, message.path("content"), "messages." + i + ".content", thoughts, documents, i);
        }
        AnthropicThoughts.requireOtherEnds(messages);
        // That of the request marks the last block of all.
        addBreakpoint(prompt, body, "");
        if (prompt.breakpoints() > MAX_BREAKPOINTS) {
            throw AnthropicRequest.invalid("A maximum of " + MAX_BREAKPOINTS
                    + " blocks with cache_control may be provided. Found " + prompt.breakpoints() + ".");
        }
        return prompt;
    }

    /** A string, or a list of blocks; tool results say nothing about a book. */
    private static void addContent(
            PromptBlocks prompt,
            JsonNode content,
            String key,
            AnthropicThoughts thoughts,
            AnthropicDocuments documents,
            int message) {
        if (content.isMissingNode()) {
            return;
        }
        if (content.isTextual()) {
            prompt.addText(content.textValue());
            return;
        }
        if (!content.isArray()) {
            throw AnthropicRequest.invalid(key + ": Input should be a valid string or a valid list");
        }
        int index = 0;
        for (JsonNode block : content) {
            if (block.path("type").asText().equals("text")) {
                prompt.addText(block.path("text").asText());
            } else if (AnthropicDocuments.isDocument(block)) {
                prompt.addOther(block.toString(), documents.tokens(block, key + "." + index));
            } else if (AnthropicThoughts.isThought(block)) {
                prompt.addOther(block.toString(), thoughts.tokens(block, message, key + "." + index));
            } else {
                requireKnown(block, key + "." + index);
                prompt.addOther(block.toString(), tokens(block, documents, key + "." + index));
            }
            addBreakpoint(prompt, block, key + "." + index++ + ".");
        }
    }

    private static void requireKnown(JsonNode block, String path) {
        String type = block.path("type").asText();
        if (!TYPES.contains(type)) {
            throw AnthropicRequest.invalid(
                    path + ": Input tag '" + type + "' found using 'type' does not match any of the expected tags: '"
                            + String.join("', '", TYPES) + "'");
        }
    }

    /** The tokens of a block that is no text: those of a call, or of the texts, pictures and documents of a result. */
    private static int tokens(JsonNode block, AnthropicDocuments documents, String path) {
        if (block.path("type").asText().equals("tool_use")) {
            return ToolCall.tokens(block.path("name").asText(), block.path("input"));
        }
        if (!block.path("type").asText().equals("tool_result")) {
            return 0;
        }
        JsonNode content = block.path("content");
        int tokens = content.isTextual() ? Tokenizer.count(content.textValue()) : 0;
        for (JsonNode part : content) {
            tokens += AnthropicDocuments.isDocument(part)
                    ? documents.tokens(part, path + ".tool_result.content")
                    : Tokenizer.count(part.path("text").asText(""));
        }
        return tokens;
    }

    private static void addBreakpoint(PromptBlocks prompt, JsonNode block, String key) {
        JsonNode control = block.path("cache_control");
        if (control.isMissingNode() || control.isNull()) {
            return;
        }
        if (!control.path("type").asText().equals("ephemeral")) {
            throw AnthropicRequest.invalid(key + "cache_control.type: Input should be 'ephemeral'");
        }
        String lifetime = control.path("ttl").asText("5m");
        if (!lifetime.equals("5m") && !lifetime.equals("1h")) {
            throw AnthropicRequest.invalid(key + "cache_control.ttl: Input should be '5m' or '1h'");
        }
        prompt.addBreakpoint(lifetime.equals("1h") ? Duration.ofHours(1) : Duration.ofMinutes(5));
    }
}
