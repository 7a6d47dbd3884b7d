package io.bookstore.simulator.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.state.LaterAnswer.Phase;
import io.bookstore.simulator.state.StoredResponse;
import io.bookstore.simulator.wire.WireRequest;

/**
 * The items of a conversation, which a request goes on with by {@code previous_response_id}. All of them are billed again, the
 * instructions of the earlier response are not taken over: https://platform.openai.com/docs/guides/conversation-state.
 */
final class ResponsesHistory {

    private static final ObjectMapper json = new ObjectMapper();
    private static final String PREVIOUS = "previous_response_id";
    private static final int PREFIX_CHARS = "resp_".length();

    private ResponsesHistory() {}

    /** The request with the items of the conversation before its own. */
    static WireRequest recall(WireRequest request) {
        JsonNode id = request.body().path(PREVIOUS);
        if (id.isMissingNode() || id.isNull()) {
            return request;
        }
        if (!id.isTextual()) {
            throw OpenAiInvalid.wrongType(PREVIOUS, "a string", id);
        }
        StoredResponse previous = request.backend().state().responses().find(id.textValue());
        if (previous == null) {
            throw OpenAiInvalid.notFound(PREVIOUS, "Previous response with id '" + id.textValue() + "' not found.");
        }
        if (previous.phase(request.backend().now()) != Phase.ENDED) {
            throw OpenAiInvalid.withoutCode(
                    "Previous response with id '" + id.textValue() + "' is not completed.", PREVIOUS);
        }
        JsonNode own = request.body().path("input");
        // Before its items have others before them, whose number would be in the sentence.
        ResponsesRequest.checkInput(own);
        ArrayNode items = (ArrayNode) read(previous.input());
        read(previous.document()).path("output").forEach(items::add);
        if (own.isTextual()) {
            items.add(message(own.textValue()));
        } else {
            own.forEach(items::add);
        }
        ObjectNode body = json.createObjectNode();
        body.setAll((ObjectNode) request.body());
        body.set("input", items);
        return request.withBody(body);
    }

    /** The input as items, each with an identifier and messages with their parts, as the list of them has it. */
    static ArrayNode items(JsonNode input, String response) {
        ArrayNode items = json.createArrayNode();
        if (input.isTextual()) {
            items.add(message(input.textValue()));
        }
        for (JsonNode item : input.isArray() ? input : json.createArrayNode()) {
            items.add(item.path("type").asText("message").equals("message") ? message((ObjectNode) item) : item);
        }
        for (int i = 0; i < items.size(); i++) {
            if (!items.get(i).has("id") && items.get(i) instanceof ObjectNode item) {
                items.set(i, withId(item, response.substring(PREFIX_CHARS) + i));
            }
        }
        return items;
    }

    private static ObjectNode withId(ObjectNode item, String mark) {
        String prefix = switch (item.path("type").asText()) {
            case "message" -> "msg_";
            case "function_call" -> "fc_";
            case "function_call_output" -> "fco_";
            case "reasoning" -> "rs_";
            default -> "item_";
        };
        ObjectNode known = json.createObjectNode().put("id", prefix + mark);
        known.setAll(item);
        return known;
    }

    private static ObjectNode message(String text) {
        return message(json.createObjectNode().put("role", "user").put("content", text));
    }

    private static ObjectNode message(ObjectNode item) {
        boolean models = item.path("role").asText().equals("assistant");
        ObjectNode message = json.createObjectNode().put("type", "message").put("status", "completed");
        message.setAll(item);
        if (item.path("content").isTextual()) {
            ObjectNode part = message.putArray("content")
                    .addObject()
                    .put("type", models ? "output_text" : "input_text")
                    .put("text", item.path("content").textValue());
            if (models) {
                part.putArray("annotations");
            }
        }
        return message;
    }

    static JsonNode read(String stored) {
        try {
            return json.readTree(stored);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was kept is not JSON", e);
        }
    }
}
