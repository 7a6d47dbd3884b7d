package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.state.BoundedStore;
import io.bookstore.simulator.state.StoredConversation;
import io.bookstore.simulator.state.StoredConversation.Item;
import io.bookstore.simulator.wire.Endpoint;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Parameters;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import io.bookstore.simulator.wire.WireRequest;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The conversations: https://platform.openai.com/docs/api-reference/conversations. */
final class OpenAiConversations {

    static final Parameters PARAMETERS = Parameters.of("OpenAI conversations").honoured("items", "metadata");

    private static final Parameters UPDATE =
            Parameters.of("OpenAI updates of conversations").honoured("metadata");
    private static final String PREFIX = "conv";

    private OpenAiConversations() {}

    /** @param path of all of them, with a slash at its end */
    static Stream<Endpoint> endpoints(String path) {
        String one = path + "conversations/[^/]+";
        return Stream.concat(
                Stream.of(
                        Endpoint.replies("POST", path + "conversations", OpenAiConversations::create),
                        Endpoint.replies("GET", one, request -> document(find(request))),
                        Endpoint.replies("POST", one, OpenAiConversations::update),
                        Endpoint.replies("DELETE", one, OpenAiConversations::delete)),
                ConversationItems.endpoints(one + "/items"));
    }

    private static String create(WireRequest request) {
        JsonNode body = request.body();
        check(PARAMETERS, body);
        String metadata = OpenAiMetadata.of(body);
        JsonNode items = body.path("items");
        List<Item> first =
                items.isMissingNode() || items.isNull() ? List.of() : ConversationItems.read(request, items, null);
        Instant now = request.backend().now();
        StoredConversation conversation =
                new StoredConversation("conv_" + request.backend().newId(), now, metadata, first);
        store(request).put(conversation, now);
        return document(conversation);
    }

    private static String update(WireRequest request) {
        check(UPDATE, request.body());
        return document(change(
                request,
                idIn(request),
                conversation ->
                        conversation.withMetadata(OpenAiMetadata.update(conversation.metadata(), request.body()))));
    }

    private static String delete(WireRequest request) {
        StoredConversation found = find(request);
        store(request).remove(found);
        return "{\"id\":" + Json.quote(found.id()) + ",\"object\":\"conversation.deleted\",\"deleted\":true}";
    }

    static void check(Parameters parameters, JsonNode body) {
        parameters.check(body, parameter -> OpenAiInvalid.unsupportedParameter(parameter, ""), OpenAiInvalid::unknown);
    }

    /** The conversation that the path names, with all answers that have ended by now. */
    static StoredConversation find(WireRequest request) {
        return find(request, idIn(request));
    }

    /** The same by its identifier. */
    static StoredConversation find(WireRequest request, String id) {
        return change(request, id, UnaryOperator.identity());
    }

    /** Changes a conversation that has all answers that have ended by now. */
    static StoredConversation change(WireRequest request, String id, UnaryOperator<StoredConversation> change) {
        Instant now = request.backend().now();
        StoredConversation changed =
                store(request).update(id, conversation -> change.apply(conversation.settled(now)), now);
        if (changed == null) {
            throw new RefusedException(Kind.NOT_FOUND, "Conversation with id '" + id + "' not found.");
        }
        return changed;
    }

    static String idIn(WireRequest request) {
        String id = request.partAfter("conversations");
        checkId(id, "conversation_id");
        return id;
    }

    static void checkId(String id, String parameter) {
        if (!id.startsWith(PREFIX)) {
            throw OpenAiInvalid.wrongPrefix(parameter, id, PREFIX);
        }
    }

    static BoundedStore<StoredConversation> store(WireRequest request) {
        return request.backend().state().conversations();
    }

    static String document(StoredConversation conversation) {
        return "{\"id\":" + Json.quote(conversation.id()) + ",\"object\":\"conversation\",\"created_at\":"
                + conversation.created().getEpochSecond() + ",\"metadata\":" + conversation.metadata() + "}";
    }
}
