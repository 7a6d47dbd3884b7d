package io.bookstore.simulator.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.wire.ToolCall;
import io.bookstore.simulator.wire.ToolLoop;
import io.bookstore.simulator.wire.ToolMark;

/** Reads the calls of functions and their responses in the contents: as many responses as calls, right after them. */
final class GeminiToolHistory {

    private static final JsonNode NO_ARGUMENTS = JsonNodeFactory.instance.objectNode();

    private ToolLoop loop = ToolLoop.NONE_BY_TEXT;
    private final StringBuilder text = new StringBuilder();
    private int tokens;

    GeminiToolHistory(JsonNode contents) {
        int open = 0;
        for (JsonNode content : contents) {
            int calls = 0;
            int responses = 0;
            String mark = "";
            for (JsonNode part : content.path("parts")) {
                JsonNode call = GeminiSchemas.field(part, "functionCall");
                JsonNode response = GeminiSchemas.field(part, "functionResponse");
                if (!call.isMissingNode() || !response.isMissingNode()) {
                    text.append(part);
                }
                if (!call.isMissingNode()) {
                    String name = call.path("name").asText();
                    mark = calls++ == 0 ? ToolMark.of(name, arguments(call)) : mark;
                    tokens += ToolCall.tokens(name, arguments(call));
                } else if (!response.isMissingNode()) {
                    responses++;
                    tokens += Tokenizer.count(response.path("name").asText())
                            + Tokenizer.count(response.path("response").toString());
                }
            }
            if (responses > 0 && open == 0) {
                throw GeminiTools.invalid(
                        "Please ensure that function response turn comes immediately after a function call turn.");
            }
            // Clients may send each response in a content of its own.
            open -= responses;
            requireNone(responses == 0 || open < 0 ? open : 0);
            if (calls > 0) {
                loop = loop.after(mark);
            } else if (responses == 0 && !content.path("role").asText().equals("model")) {
                loop = ToolLoop.NONE_BY_TEXT;
            }
            open += calls;
        }
        requireNone(open);
    }

    private static void requireNone(int open) {
        if (open != 0) {
            throw GeminiTools.invalid("Please ensure that the number of function response parts is equal to the number"
                    + " of function call parts of the function call turn.");
        }
    }

    ToolLoop loop() {
        return loop;
    }

    /** The text of all calls and responses, for the cache of prompts. */
    String text() {
        return text.toString();
    }

    /** The tokens of all calls and responses. */
    int tokens() {
        return tokens;
    }

    private static JsonNode arguments(JsonNode call) {
        return call.has("args") ? call.path("args") : NO_ARGUMENTS;
    }
}
