package io.bookstore.simulator.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.state.LaterAnswer.Phase;
import io.bookstore.simulator.state.StoredConversation;
import io.bookstore.simulator.state.StoredResponse;
import io.bookstore.simulator.wire.WireRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The items that a request goes on from, by {@code previous_response_id} or {@code conversation}. All of them are billed again, the
 * instructions of the earlier response are not taken over: https://platform.openai.com/docs/guides/conversation-state.
 */
final class ResponsesHistory {

    private static final ObjectMapper json = new ObjectMapper();
    private static final String PREVIOUS = "previous_response_id";
    private static final String CONVERSATION = "conversation";
    private static final int PREFIX_CHARS = "resp_".length();

    private ResponsesHistory() {}

    /** The request with the items that it goes on from before its own. */
    static WireRequest recall(WireRequest request) {
        boolean previous = isSet(request.body().path(PREVIOUS));
        boolean conversation = isSet(request.body().path(CONVERSATION));
        if (previous && conversation) {
            throw OpenAiInvalid.responseAndConversation();
        }
        if (previous) {
            return with(ofPrevious(request, request.body().path(PREVIOUS)), request);
        }
        return conversation ? with(ofConversation(request), request) : request;
    }

    private static boolean isSet(JsonNode parameter) {
        return !parameter.isMissingNode() && !parameter.isNull();
    }

    private static ArrayNode ofPrevious(WireRequest request, JsonNode id) {
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
        ArrayNode items = (ArrayNode) read(previous.input());
        read(previous.document()).path("output").forEach(items::add);
        return items;
    }

    private static ArrayNode ofConversation(WireRequest request) {
        String id = Objects.requireNonNull(conversation(request.body()));
        OpenAiConversations.checkId(id, CONVERSATION);
        StoredConversation conversation = OpenAiConversations.find(request, id);
        if (!conversation.turns().isEmpty()) {
            throw OpenAiInvalid.lockedConversation();
        }
        for (JsonNode own : request.body().path("input")) {
            if (conversation.item(own.path("id").asText()) != null) {
                throw OpenAiInvalid.withoutCode(
                        "Duplicate item found with id " + own.path("id").asText()
                                + ". Remove duplicate items from your input and try again.",
                        "input");
            }
        }
        ArrayNode items = json.createArrayNode();
        conversation.items().forEach(item -> items.add(read(item.document())));
        return items;
    }

    /** The identifier of the conversation that a request goes on with; null if it has none. */
    static @Nullable String conversation(JsonNode request) {
        JsonNode conversation = request.path(CONVERSATION);
        if (!isSet(conversation)) {
            return null;
        }
        if (!conversation.isTextual() && !conversation.isObject()) {
            throw OpenAiInvalid.wrongType(CONVERSATION, "one of a string or object", conversation);
        }
        JsonNode id = conversation.isObject() ? conversation.path("id") : conversation;
        if (!id.isTextual()) {
            throw OpenAiInvalid.missing(CONVERSATION + ".id");
        }
        return id.textValue();
    }

    private static WireRequest with(ArrayNode items, WireRequest request) {
        JsonNode own = request.body().path("input");
        // Before its items have others before them, whose number would be in the sentence.
        ResponsesRequest.checkInput(own);
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
            items.add(item(message(input.textValue()), response.substring(PREFIX_CHARS) + 0));
        }
        for (int i = 0; input.isArray() && i < input.size(); i++) {
            items.add(item((ObjectNode) input.get(i), response.substring(PREFIX_CHARS) + i));
        }
        return items;
    }

    /**
     * An item with an identifier, and with its parts if it is a message.
     *
     * @param mark of the identifier, if it has none
     */
    static ObjectNode item(ObjectNode item, String mark) {
        ObjectNode whole = item.path("type").asText("message").equals("message") ? message(item) : item;
        return whole.has("id") ? whole : withId(whole, prefix(whole) + mark);
    }

    private static ObjectNode withId(ObjectNode item, String id) {
        ObjectNode known = json.createObjectNode().put("id", id);
        known.setAll(item);
        return known;
    }

    /** The begin of the identifiers of such items. */
    static String prefix(JsonNode item) {
        return switch (item.path("type").asText("message")) {
            case "message" -> "msg_";
            case "function_call" -> "fc_";
            case "function_call_output" -> "fco_";
            case "reasoning" -> "rs_";
            default -> "item_";
        };
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
