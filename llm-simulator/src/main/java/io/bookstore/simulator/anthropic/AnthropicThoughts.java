package io.bookstore.simulator.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.wire.RefusedException;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The thoughts that the messages of a request repeat, each as it was sent:
 * https://platform.claude.com/docs/en/build-with-claude/thinking and thinking-tool-workflows.
 *
 * @param latest  index of the last message of the assistant; -1 if there is none
 * @param counted index of the first message whose thoughts are input tokens
 */
record AnthropicThoughts(int latest, int counted) {

    private static final int BYTES_PER_TOKEN = 4; // assumption, for data that another server encrypted

    // The thoughts of turns that are over are dropped by Opus before 4.5, Sonnet before 4.6, and every Haiku.
    private static final Pattern keepsAll =
            Pattern.compile("claude-(?:opus-(?:4-[5-9]|[5-9])|sonnet-(?:4-[6-9]|[5-9])|fable|mythos).*");

    static AnthropicThoughts of(JsonNode messages, String model) {
        int latest = -1;
        int turn = 0;
        for (int i = 0; i < messages.size(); i++) {
            JsonNode message = messages.get(i);
            if (message.path("role").asText().equals("assistant")) {
                latest = i;
            } else if (!hasBlock(message, "tool_result")) {
                turn = i;
            }
        }
        return new AnthropicThoughts(latest, keepsAll.matcher(model).matches() ? 0 : turn);
    }

    /** @throws RefusedException if a message ends with a thought */
    static void requireOtherEnds(JsonNode messages) {
        for (int i = 0; i < messages.size(); i++) {
            JsonNode content = messages.get(i).path("content");
            if (content.isArray() && isThought(content.path(content.size() - 1))) {
                throw AnthropicRequest.invalid(
                        "messages." + i + ": The final block in an assistant message cannot be `thinking`.");
            }
        }
    }

    static boolean isThought(JsonNode block) {
        String type = block.path("type").asText();
        return type.equals("thinking") || type.equals("redacted_thinking");
    }

    static boolean hasBlock(JsonNode message, String type) {
        for (JsonNode block : message.path("content")) {
            if (block.path("type").asText().equals(type)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The input tokens of a thought: those that were billed when it was written.
     *
     * @param path of the block, for a refusal
     */
    int tokens(JsonNode block, int message, String path) {
        int tokens = block.path("type").asText().equals("thinking")
                ? signed(block, message == latest, path)
                : redacted(block, path);
        return message < counted ? 0 : tokens;
    }

    private static int signed(JsonNode block, boolean inLatest, String path) {
        String text = required(block, "thinking", "thinking", path);
        String signature = required(block, "thinking", "signature", path);
        OptionalInt tokens = ThoughtSeal.tokensOfSignature(signature, text);
        if (tokens.isPresent()) {
            return tokens.getAsInt();
        }
        if (ThoughtSeal.isForeign(signature)) {
            return Tokenizer.count(text);
        }
        throw inLatest && ThoughtSeal.isOurs(signature)
                ? AnthropicRequest.invalid(
                        path + ": `thinking` or `redacted_thinking` blocks in the latest assistant"
                                + " message cannot be modified. These blocks must remain as they were in the original response.")
                : invalid(path, "signature", "thinking");
    }

    private static int redacted(JsonNode block, String path) {
        String data = required(block, "redacted_thinking", "data", path);
        OptionalInt tokens = ThoughtSeal.tokensOfData(data);
        if (tokens.isEmpty() && !ThoughtSeal.isForeign(data)) {
            throw invalid(path, "data", "redacted_thinking");
        }
        return tokens.orElse(data.length() * 3 / 4 / BYTES_PER_TOKEN);
    }

    private static String required(JsonNode block, String type, String key, String path) {
        if (!block.path(key).isTextual()) {
            throw AnthropicRequest.invalid(path + "." + type + "." + key + ": Field required");
        }
        return block.path(key).textValue();
    }

    private static RefusedException invalid(String path, String key, String type) {
        return AnthropicRequest.invalid(path + ": Invalid `" + key + "` in `" + type + "` block");
    }
}
