package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.wire.ToolCall;
import io.bookstore.simulator.wire.ToolLoop;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reads the calls of functions and their outputs among the items of a response's input. */
final class ResponsesItems {

    private ToolLoop loop = ToolLoop.NONE;
    private final StringBuilder text = new StringBuilder();
    private int tokens;
    private boolean calledBefore;

    ResponsesItems(JsonNode input) {
        Set<String> open = new LinkedHashSet<>();
        for (int i = 0; input.isArray() && i < input.size(); i++) {
            read(input.get(i), "input[" + i + "]", open);
        }
        if (!open.isEmpty()) {
            throw OpenAiInvalid.withoutCode(
                    "No tool output found for function call " + open.iterator().next() + ".", "input");
        }
    }

    ToolLoop loop() {
        return loop;
    }

    /** The prompt with all calls and outputs after it, as the cache of prompts sees it. */
    String after(String prompt) {
        return text.isEmpty() ? prompt : prompt + text;
    }

    /** The tokens of all calls and outputs. */
    int tokens() {
        return tokens;
    }

    /** Refuses a call or an output that lacks something. */
    static void check(JsonNode item, String path) {
        switch (item.path("type").asText()) {
            case "function_call" -> checkCall(item, path);
            case "function_call_output" -> checkOutput(item, path);
            default -> {}
        }
    }

    private static void checkCall(JsonNode item, String path) {
        for (String key : new String[] {"call_id", "name", "arguments"}) {
            if (!item.path(key).isTextual()) {
                throw OpenAiInvalid.missing(path + "." + key);
            }
        }
    }

    private static void checkOutput(JsonNode item, String path) {
        if (item.path("call_id").asText().isEmpty()) {
            throw OpenAiInvalid.missing(path + ".call_id");
        }
        if (item.path("output").isMissingNode()) {
            throw OpenAiInvalid.missing(path + ".output");
        }
    }

    private void read(JsonNode item, String path, Set<String> open) {
        boolean call = false;
        switch (item.path("type").asText("message")) {
            case "function_call" -> {
                call = true;
                text.append(item);
                readCall(item, path, open);
            }
            case "function_call_output" -> {
                text.append(item);
                readOutput(item, path, open);
            }
            default -> {
                if (item.path("role").asText().equals("user")) {
                    loop = ToolLoop.NONE;
                }
            }
        }
        calledBefore = call;
    }

    /** Calls one after the other are those of one answer. */
    private void readCall(JsonNode item, String path, Set<String> open) {
        checkCall(item, path);
        String id = item.path("call_id").textValue();
        open.add(id);
        tokens += ToolCall.tokens(
                item.path("name").textValue(), item.path("arguments").textValue());
        loop = calledBefore ? loop : loop.after(ToolLoop.markOfId(id));
    }

    private void readOutput(JsonNode item, String path, Set<String> open) {
        checkOutput(item, path);
        String id = item.path("call_id").asText();
        if (!open.remove(id)) {
            throw OpenAiInvalid.withoutCode(
                    "No tool call found for function call output with call_id " + id + ".", "input");
        }
        JsonNode output = item.path("output");
        if (output.isTextual()) {
            tokens += Tokenizer.count(output.textValue());
        }
        for (JsonNode part : output) {
            tokens += Tokenizer.count(part.path("text").asText(""));
        }
    }
}
