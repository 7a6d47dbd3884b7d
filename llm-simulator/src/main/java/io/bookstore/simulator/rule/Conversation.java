package io.bookstore.simulator.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The messages and tools in the body of a request, read alike for all wire formats. */
final class Conversation {

    private static final String[] MESSAGES = {"messages", "contents", "input"};
    private static final String[] BLOCKS = {"content", "parts"};
    private static final Set<String> MODEL_ROLES = Set.of("assistant", "model");

    /** The items of a response that the model wrote and that have no role. */
    private static final Set<String> MODEL_ITEMS = Set.of("function_call", "reasoning");

    // A result has the identifier of its call, or else the name of its tool.
    private static final String[] RESULT_IDS = {"/tool_call_id", "/call_id", "/tool_use_id", "/toolResult/toolUseId"};
    private static final String[] RESULT_NAMES = {"/tool_name", "/functionResponse/name", "/function_response/name"};
    private static final String[] CALL_IDS = {"/call_id", "/toolUse/toolUseId", "/id"};
    private static final String[] CALL_NAMES = {"/function/name", "/toolUse/name", "/name"};
    private static final String[] TOOL_NAMES = {"/function/name", "/toolSpec/name", "/name"};
    private static final String[] DECLARATIONS = {"functionDeclarations", "function_declarations"};

    private final JsonNode body;
    private final List<JsonNode> messages = new ArrayList<>();

    Conversation(JsonNode body) {
        this.body = body;
        for (String key : MESSAGES) {
            body.path(key).forEach(messages::add);
        }
    }

    /** The last text of the user; empty if there is none. */
    String prompt() {
        for (int i = messages.size() - 1; i >= 0; i--) {
            String text = isUsers(messages.get(i)) ? text(messages.get(i)) : "";
            if (!text.isEmpty()) {
                return text;
            }
        }
        // A response may have one text for its input, and Ollama's generate has one for its prompt.
        return body.path(body.has("input") ? "input" : "prompt").asText("");
    }

    /** The text of the model's last message; empty if there is none. */
    String lastAnswer() {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (isModels(messages.get(i))) {
                return text(messages.get(i));
            }
        }
        return "";
    }

    /** The number of the answer that is asked for, from 1. */
    int turn() {
        int turn = 1;
        boolean models = false;
        for (JsonNode message : messages) {
            turn += isModels(message) && !models ? 1 : 0;
            models = isModels(message);
        }
        return turn;
    }

    /** The names of the tools that the request offers. */
    List<String> tools() {
        List<String> names = new ArrayList<>();
        JsonNode tools =
                body.has("toolConfig") && !body.has("tools") ? body.at("/toolConfig/tools") : body.path("tools");
        for (JsonNode tool : tools) {
            addIfAny(names, first(tool, TOOL_NAMES));
            for (String key : DECLARATIONS) {
                tool.path(key).forEach(declared -> addIfAny(names, first(declared, TOOL_NAMES)));
            }
        }
        return names;
    }

    /** The names of the tools whose results have come since the last answer. */
    List<String> toolResults() {
        Map<String, String> calls = new HashMap<>();
        List<String> called = new ArrayList<>();
        List<String> results = new ArrayList<>();
        for (JsonNode message : messages) {
            if (isModels(message)) {
                results.clear();
                called.clear();
                message.path("tool_calls").forEach(call -> called.add(first(call, CALL_NAMES)));
                parts(message).forEach(part -> calls.put(first(part, CALL_IDS), first(part, CALL_NAMES)));
            } else {
                int before = results.size();
                parts(message).forEach(part -> addIfAny(results, resultOf(part, calls)));
                // LangChain4j tells Ollama neither identifier nor name; the results have the order of their calls.
                if (results.size() == before && isTools(message) && before < called.size()) {
                    results.add(called.get(before));
                }
            }
        }
        return results;
    }

    /** The name of the tool whose result a part is; empty if it is none. */
    private static String resultOf(JsonNode part, Map<String, String> calls) {
        String id = first(part, RESULT_IDS);
        return id.isEmpty() ? first(part, RESULT_NAMES) : calls.getOrDefault(id, "");
    }

    /** A message, its blocks and its calls: each format has results and calls at one of these. */
    private static List<JsonNode> parts(JsonNode message) {
        List<JsonNode> parts = new ArrayList<>(List.of(message));
        for (String key : BLOCKS) {
            message.path(key).forEach(parts::add);
        }
        message.path("tool_calls").forEach(parts::add);
        return parts;
    }

    private static boolean isUsers(JsonNode message) {
        String role = message.path("role").asText("");
        return role.equals("user") || role.isEmpty() && (message.has("content") || message.has("parts"));
    }

    private static boolean isTools(JsonNode message) {
        return message.path("role").asText("").equals("tool");
    }

    private static boolean isModels(JsonNode message) {
        String role = message.path("role").asText("");
        return MODEL_ROLES.contains(role)
                || role.isEmpty() && MODEL_ITEMS.contains(message.path("type").asText());
    }

    private static String text(JsonNode message) {
        List<String> texts = new ArrayList<>();
        for (String key : BLOCKS) {
            JsonNode content = message.path(key);
            addIfAny(texts, content.isTextual() ? content.textValue() : "");
            content.forEach(part -> addIfAny(texts, part.path("text").asText("")));
        }
        return String.join("\n", texts);
    }

    /** The first text at one of the pointers; empty if there is none. */
    private static String first(JsonNode node, String[] pointers) {
        for (String pointer : pointers) {
            JsonNode value = node.at(pointer);
            if (value.isTextual()) {
                return value.textValue();
            }
        }
        return "";
    }

    private static void addIfAny(List<String> texts, String text) {
        if (!text.isEmpty()) {
            texts.add(text);
        }
    }
}
