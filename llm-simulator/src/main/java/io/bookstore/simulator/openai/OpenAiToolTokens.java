package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import java.util.Map;

/**
 * The input tokens of function definitions, by the formula for gpt-4o of OpenAI's cookbook, "How to count tokens with tiktoken",
 * section 7: https://github.com/openai/openai-cookbook/blob/main/examples/How_to_count_tokens_with_tiktoken.ipynb.
 *
 * <p>The formula stops at the first level of members. What is below counts as the text of its schema, an assumption, and so
 * does the whole of a tool that is no function.
 */
final class OpenAiToolTokens {

    private static final int EACH_FUNCTION = 7;
    private static final int MEMBERS = 3;
    private static final int EACH_MEMBER = 3;
    private static final int ENUM = -3;
    private static final int EACH_VALUE = 3;
    private static final int END = 12;

    private OpenAiToolTokens() {}

    static int count(JsonNode tools) {
        if (tools.isEmpty()) {
            return 0;
        }
        int tokens = END;
        for (JsonNode tool : tools) {
            JsonNode function = tool.path("function").isObject() ? tool.path("function") : tool;
            tokens += tool.path("type").asText().equals("function")
                    ? function(function)
                    : Tokenizer.count(tool.toString());
        }
        return tokens;
    }

    private static int function(JsonNode function) {
        int tokens = EACH_FUNCTION + Tokenizer.count(function.path("name").asText() + ":" + description(function));
        JsonNode members = function.path("parameters").path("properties");
        if (!members.isEmpty()) {
            tokens += MEMBERS;
        }
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            JsonNode schema = member.getValue();
            tokens += EACH_MEMBER;
            JsonNode values = schema.path("enum");
            if (!values.isMissingNode()) {
                tokens += ENUM;
                for (JsonNode value : values) {
                    tokens += EACH_VALUE + Tokenizer.count(value.asText());
                }
            }
            tokens +=
                    Tokenizer.count(member.getKey() + ":" + schema.path("type").asText() + ":" + description(schema));
            for (String deeper : new String[] {"properties", "items", "anyOf", "$ref"}) {
                tokens +=
                        schema.has(deeper) ? Tokenizer.count(schema.path(deeper).toString()) : 0;
            }
        }
        JsonNode shared = function.path("parameters").path("$defs");
        return tokens + (shared.isMissingNode() ? 0 : Tokenizer.count(shared.toString()));
    }

    /** The text without its full stop, as the formula has it. */
    private static String description(JsonNode described) {
        String text = described.path("description").asText("");
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
