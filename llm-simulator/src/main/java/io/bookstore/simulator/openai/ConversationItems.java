package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.state.StoredConversation;
import io.bookstore.simulator.state.StoredConversation.Item;
import io.bookstore.simulator.wire.Endpoint;
import io.bookstore.simulator.wire.Page;
import io.bookstore.simulator.wire.Parameters;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import io.bookstore.simulator.wire.WireRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The items of a conversation: https://platform.openai.com/docs/api-reference/conversations/list-items and the pages beside it. */
final class ConversationItems {

    static final Parameters PARAMETERS =
            Parameters.of("OpenAI items of conversations").honoured("items");

    private static final int MOST_AT_ONCE = 20;
    private static final Page.Size PAGE = new Page.Size(20, 100);

    private ConversationItems() {}

    /** @param path of all items of a conversation */
    static Stream<Endpoint> endpoints(String path) {
        String one = path + "/[^/]+";
        return Stream.of(
                Endpoint.replies("POST", path, ConversationItems::create),
                Endpoint.replies("GET", path, ConversationItems::list),
                Endpoint.replies("GET", one, ConversationItems::retrieve),
                Endpoint.replies("DELETE", one, ConversationItems::delete));
    }

    private static String create(WireRequest request) {
        OpenAiConversations.check(PARAMETERS, request.body());
        ItemFields shown = ItemFields.of(request);
        StoredConversation conversation = OpenAiConversations.find(request);
        List<Item> created = read(request, request.body().path("items"), conversation);
        OpenAiConversations.change(request, conversation.id(), found -> found.with(created));
        Page<Item> page = new Page<>(created, false);
        return "{\"object\":\"list\"," + page.fields(Item::id, shown::document) + "}";
    }

    private static String list(WireRequest request) {
        ItemFields shown = ItemFields.of(request);
        StoredConversation conversation = OpenAiConversations.find(request);
        List<Item> items = new ArrayList<>(conversation.items());
        String order = request.parameter("order");
        if (!order.isEmpty() && !order.equals("asc") && !order.equals("desc")) {
            throw OpenAiInvalid.unsupported("order", order, "'asc' and 'desc'");
        }
        // The newest come first, unless the request says otherwise.
        if (!order.equals("asc")) {
            Collections.reverse(items);
        }
        String after = request.parameter("after");
        if (!after.isEmpty() && conversation.item(after) == null) {
            throw new RefusedException(
                    Kind.NOT_FOUND, "No item found with id '" + after + "'", new Refusal.Detail("after", ""));
        }
        return OpenAiFiles.list(request, items, PAGE, Item::id, shown::document);
    }

    private static String retrieve(WireRequest request) {
        ItemFields shown = ItemFields.of(request);
        return shown.document(find(request, OpenAiConversations.find(request)));
    }

    private static String delete(WireRequest request) {
        return OpenAiConversations.document(OpenAiConversations.change(
                request,
                OpenAiConversations.idIn(request),
                conversation -> conversation.without(find(request, conversation))));
    }

    private static Item find(WireRequest request, StoredConversation conversation) {
        String id = request.partAfter("items");
        Item found = conversation.item(id);
        if (found == null) {
            throw unknown(id);
        }
        return found;
    }

    private static RefusedException unknown(String id) {
        return new RefusedException(Kind.NOT_FOUND, "Item with id '" + id + "' not found.");
    }

    /**
     * Reads items that are added.
     *
     * @param conversation that they are added to; null if they are its first
     */
    static List<Item> read(WireRequest request, JsonNode items, @Nullable StoredConversation conversation) {
        if (items.isMissingNode()) {
            throw OpenAiInvalid.missing("items");
        }
        if (!items.isArray()) {
            throw OpenAiInvalid.wrongType("items", "an array of objects", items);
        }
        if (items.isEmpty() && conversation != null) {
            throw OpenAiInvalid.emptyArray("items");
        }
        if (items.size() > MOST_AT_ONCE) {
            throw OpenAiInvalid.tooLong("items", MOST_AT_ONCE, items.size());
        }
        List<Item> read = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Item known = known(request, items.get(i).path("id").asText());
            if (known != null && conversation != null && conversation.item(known.id()) != null) {
                throw OpenAiInvalid.knownItem();
            }
            read.add(known == null ? created(request, items.get(i), "items[" + i + "]") : known);
        }
        return read;
    }

    /** The item of any conversation: one that is sent with its identifier is that item, whatever else is sent with it. */
    private static @Nullable Item known(WireRequest request, String id) {
        return id.isEmpty()
                ? null
                : OpenAiConversations.store(request).newestFirst().stream()
                        .flatMap(conversation -> Stream.ofNullable(conversation.item(id)))
                        .findFirst()
                        .orElse(null);
    }

    private static Item created(WireRequest request, JsonNode item, String key) {
        ResponsesRequest.checkItem(item, key);
        ResponsesItems.check(item, key);
        String id = item.path("id").asText();
        if (item.path("type").asText().equals("item_reference")) {
            throw unknown(id);
        }
        String prefix = ResponsesHistory.prefix(item);
        if (!id.isEmpty() && !id.startsWith(prefix)) {
            throw OpenAiInvalid.wrongPrefix(key + ".id", id, prefix.substring(0, prefix.length() - 1));
        }
        ObjectNode anonymous = ((ObjectNode) item).deepCopy();
        anonymous.remove("id");
        JsonNode named = ResponsesHistory.item(anonymous, request.backend().newId());
        return new Item(named.path("id").asText(), named.toString());
    }
}
