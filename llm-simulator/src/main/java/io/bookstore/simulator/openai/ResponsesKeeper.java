package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.bookstore.simulator.state.LaterAnswer;
import io.bookstore.simulator.state.StoredConversation;
import io.bookstore.simulator.state.StoredConversation.Item;
import io.bookstore.simulator.state.StoredConversation.Turn;
import io.bookstore.simulator.state.StoredResponse;
import io.bookstore.simulator.state.StreamPart;
import io.bookstore.simulator.wire.Backend;
import io.bookstore.simulator.wire.WireRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the answer to one request with its input, which is the default of the parameter {@code store}.
 *
 * @param input        of the request and of the responses before it
 * @param conversation that both are added to; null if there is none
 * @param recalled     the items of the input that are in the conversation already, which come first
 */
record ResponsesKeeper(
        Backend backend,
        JsonNode input,
        boolean background,
        @Nullable String conversation,
        int recalled) {

    /** Returns null if the request does not want its answer kept. */
    static @Nullable ResponsesKeeper of(WireRequest request) {
        boolean store = flag(request.body(), "store", true);
        boolean background = flag(request.body(), "background", false);
        if (background && !store) {
            throw OpenAiInvalid.withoutCode("Background mode requires 'store' to be true.", "background");
        }
        if (!store) {
            return null;
        }
        JsonNode input = request.body().path("input");
        String conversation = ResponsesHistory.conversation(request.body());
        int recalled = conversation == null
                ? 0
                : recalled(input, request.backend().state().conversations().find(conversation));
        return new ResponsesKeeper(request.backend(), input, background, conversation, recalled);
    }

    private static int recalled(JsonNode input, @Nullable StoredConversation conversation) {
        Set<String> kept = conversation == null
                ? Set.of()
                : conversation.items().stream().map(Item::id).collect(Collectors.toSet());
        int recalled = 0;
        while (kept.contains(input.path(recalled).path("id").asText())) {
            recalled++;
        }
        return recalled;
    }

    private static boolean flag(JsonNode body, String parameter, boolean unset) {
        JsonNode value = body.path(parameter);
        if (value.isMissingNode() || value.isNull()) {
            return unset;
        }
        if (!value.isBoolean()) {
            throw OpenAiInvalid.wrongType(parameter, "a boolean", value);
        }
        return value.booleanValue();
    }

    /** Begins an answer in the foreground: no other is given in its conversation meanwhile. */
    void begin(String id) {
        change(found -> found.begin(new Turn(id, null, List.of())));
    }

    /** Ends an answer in the foreground without keeping it. */
    void drop(String id) {
        change(found -> found.end(id, List.of()));
    }

    /** Keeps an answer that has been sent. */
    void keep(String id, String document) {
        ArrayNode items = ResponsesHistory.items(input, id);
        put(new StoredResponse(id, document, items.toString(), background, null, null));
        List<Item> added = added(items, document);
        change(found -> found.end(id, added));
    }

    /** @param stream null if it is not streamed */
    void keepLater(String id, String document, LaterAnswer later, @Nullable Iterable<StreamPart> stream) {
        ArrayNode items = ResponsesHistory.items(input, id);
        put(new StoredResponse(id, document, items.toString(), background, later, stream));
        Turn turn = new Turn(id, later, added(items, document));
        change(found -> found.begin(turn));
    }

    private void put(StoredResponse response) {
        backend.state().responses().put(response, backend.now());
    }

    private void change(UnaryOperator<StoredConversation> change) {
        if (conversation != null) {
            backend.state().conversations().update(conversation, change, backend.now());
        }
    }

    private List<Item> added(ArrayNode items, String document) {
        if (conversation == null) {
            return List.of();
        }
        List<Item> added = new ArrayList<>();
        for (int i = recalled; i < items.size(); i++) {
            added.add(item(items.get(i)));
        }
        ResponsesHistory.read(document).path("output").forEach(item -> added.add(item(item)));
        return added;
    }

    private static Item item(JsonNode item) {
        return new Item(item.path("id").asText(), item.toString());
    }
}
