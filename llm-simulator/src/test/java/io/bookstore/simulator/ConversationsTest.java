package io.bookstore.simulator;

import static io.bookstore.simulator.ConversationClient.id;
import static io.bookstore.simulator.ConversationClient.messages;
import static io.bookstore.simulator.ConversationClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.core.JsonValue;
import com.openai.errors.NotFoundException;
import com.openai.models.conversations.Conversation;
import com.openai.models.conversations.ConversationCreateParams;
import com.openai.models.conversations.ConversationUpdateParams;
import com.openai.models.conversations.items.ConversationItem;
import com.openai.models.conversations.items.ItemCreateParams;
import com.openai.models.conversations.items.ItemDeleteParams;
import com.openai.models.conversations.items.ItemListParams;
import com.openai.models.conversations.items.ItemRetrieveParams;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversations and their items: how they are kept, listed, changed, bounded and forgotten. */
class ConversationsTest {

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final RawHttp http = new RawHttp(server.baseUrl());
    private static final ConversationClient client = ConversationClient.of(server);

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void reset() {
        server.reset();
    }

    @Test
    void conversationIsRetrievedUpdatedAndDeleted() {
        Conversation created = client.sdk()
                .conversations()
                .create(ConversationCreateParams.builder()
                        .metadata(ConversationCreateParams.Metadata.builder()
                                .putAdditionalProperty("topic", JsonValue.from("books"))
                                .putAdditionalProperty("draft", JsonValue.from("yes"))
                                .build())
                        .build());
        assertThat(client.sdk().conversations().retrieve(created.id())).isEqualTo(created);

        Conversation updated = update(created, "author", "Austen");
        assertThat(updated._metadata())
                .isEqualTo(JsonValue.from(Map.of("topic", "books", "draft", "yes", "author", "Austen")));
        assertThat(update(created, "draft", null)._metadata())
                .isEqualTo(JsonValue.from(Map.of("topic", "books", "author", "Austen")));

        assertThat(client.sdk().conversations().delete(created.id()).deleted()).isTrue();
        assertThatThrownBy(() -> client.sdk().conversations().retrieve(created.id()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("Conversation with id '" + created.id() + "' not found.");
        assertThatThrownBy(() -> client.create(created, "Emma")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void itemsComeInPages() {
        Conversation conversation = client.conversation("one", "two");
        List<ConversationItem> added = client.sdk()
                .conversations()
                .items()
                .create(ItemCreateParams.builder()
                        .conversationId(conversation.id())
                        .items(messages("three"))
                        .build())
                .data();
        assertThat(added).extracting(ConversationClient::text).containsExactly("three");
        assertThat(client.items(conversation))
                .extracting(ConversationClient::text)
                .containsExactly("three", "two", "one");

        ItemListParams.Builder oldestFirst = ItemListParams.builder()
                .conversationId(conversation.id())
                .order(ItemListParams.Order.ASC)
                .limit(2);
        List<ConversationItem> first =
                client.sdk().conversations().items().list(oldestFirst.build()).data();
        List<ConversationItem> second = client.sdk()
                .conversations()
                .items()
                .list(oldestFirst.after(id(first.get(1))).build())
                .data();
        assertThat(first).extracting(ConversationClient::text).containsExactly("one", "two");
        assertThat(second).isEqualTo(added);
    }

    @Test
    void itemIsRetrievedAndDeleted() {
        Conversation conversation = client.conversation("one", "two");
        ConversationItem newest = client.items(conversation).get(0);
        ItemRetrieveParams retrieval = ItemRetrieveParams.builder()
                .conversationId(conversation.id())
                .itemId(id(newest))
                .build();
        assertThat(client.sdk().conversations().items().retrieve(retrieval)).isEqualTo(newest);

        Conversation after = client.sdk()
                .conversations()
                .items()
                .delete(ItemDeleteParams.builder()
                        .conversationId(conversation.id())
                        .itemId(id(newest))
                        .build());

        assertThat(after).isEqualTo(conversation);
        assertThat(client.items(conversation))
                .extracting(ConversationClient::text)
                .containsExactly("one");
        assertThatThrownBy(() -> client.sdk().conversations().items().retrieve(retrieval))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("Item with id '" + id(newest) + "' not found.");
    }

    @Test
    void itemThatIsSentWithItsIdentifierIsTheOneThatIsKept() throws Exception {
        Conversation first = client.conversation("one");
        Conversation second = client.conversation();
        String item = id(client.items(first).get(0));
        String again = "{\"items\":[{\"id\":\"" + item + "\",\"role\":\"user\",\"content\":\"other\"}]}";

        assertThat(http.post("/v1/conversations/" + first.id() + "/items", again))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"message\":\"Item already in conversation\"", "\"code\":\"item_already_in_conversation\"");
        assertThat(http.post("/v1/conversations/" + second.id() + "/items", again))
                .startsWith("HTTP/1.1 200 ");
        assertThat(client.items(second)).isEqualTo(client.items(first));
        assertThat(http.post(
                        "/v1/responses",
                        "{\"model\":\"gpt-4o\",\"conversation\":\"" + first.id() + "\",\"input\":[{\"id\":\"" + item
                                + "\",\"role\":\"user\",\"content\":\"one\"}]}"))
                .startsWith("HTTP/1.1 400 ")
                .contains("Duplicate item found with id " + item
                        + ". Remove duplicate items from your input and try again.");
    }

    @Test
    void oldestItemsGoBeyondTheirMost() {
        Conversation conversation = client.conversation();
        for (int i = 0; i < 51; i++) {
            client.sdk()
                    .conversations()
                    .items()
                    .create(
                            conversation.id(),
                            ItemCreateParams.builder()
                                    .items(messages(IntStream.range(i * 20, i * 20 + 20)
                                            .mapToObj(String::valueOf)
                                            .toArray(String[]::new)))
                                    .build());
        }

        ConversationItem oldest = client.sdk()
                .conversations()
                .items()
                .list(
                        conversation.id(),
                        ItemListParams.builder().order(ItemListParams.Order.ASC).build())
                .data()
                .get(0);

        assertThat(text(oldest)).isEqualTo("20");
    }

    @Test
    void resetForgetsAllConversations() {
        Conversation conversation = client.conversation("one");

        server.reset();

        assertThatThrownBy(() -> client.sdk().conversations().retrieve(conversation.id()))
                .isInstanceOf(NotFoundException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST | /v1/conversations | {"items":7} | 400 | Invalid type for 'items': expected an array of objects, but got an integer instead.
            POST | /v1/conversations | {"items":[{"content":"x"}]} | 400 | Missing required parameter: 'items[0].role'.
            POST | /v1/conversations | {"items":[{"type":"function_call","call_id":"c"}]} | 400 | Missing required parameter: 'items[0].name'.
            POST | /v1/conversations | {"items":[{"type":"function_call_output","call_id":"c"}]} | 400 | Missing required parameter: 'items[0].output'.
            POST | /v1/conversations | {"items":[{"type":"item_reference","id":"msg_1"}]} | 404 | Item with id 'msg_1' not found.
            POST | /v1/conversations | {"items":[{"id":"x","role":"user","content":"x"}]} | 400 | Invalid 'items[0].id': 'x'. Expected an ID that begins with 'msg'.
            POST | /v1/conversations | {"metadata":"x"} | 400 | Invalid type for 'metadata': expected an object, but got a string instead.
            POST | /v1/conversations | {"metadata":{"k":1}} | 400 | Invalid type for 'metadata.k': expected a string, but got an integer instead.
            POST | /v1/conversations | {"wizard":1} | 400 | Unknown parameter: 'wizard'.
            POST | /v1/conversations/conv_1 | {"metadata":{}} | 404 | Conversation with id 'conv_1' not found.
            GET | /v1/conversations/chat_1 | `` | 400 | Invalid 'conversation_id': 'chat_1'. Expected an ID that begins with 'conv'.
            GET | /v1/conversations/conv_1/items?include=x | `` | 400 | Invalid value: 'x'. Supported values are:
            POST | /v1/conversations/KEPT | {} | 400 | Missing required parameter: 'metadata'.
            POST | /v1/conversations/KEPT/items | {} | 400 | Missing required parameter: 'items'.
            POST | /v1/conversations/KEPT/items | {"items":[]} | 400 | Invalid 'items': empty array. Expected an array with minimum length 1, but got an empty array instead.
            GET | /v1/conversations/KEPT/items?after=msg_1 | `` | 404 | No item found with id 'msg_1'
            GET | /v1/conversations/KEPT/items?order=up | `` | 400 | Invalid value: 'up'. Supported values are: 'asc' and 'desc'.
            """)
    void wrongRequestGetsTheProvidersWords(String method, String path, String body, int status, String words)
            throws Exception {
        String kept = path.replace("KEPT", client.conversation("one").id());

        assertThat(http.exchange(method, kept, body))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains(words);
    }

    @Test
    void limitsAreThoseOfTheProvider() {
        assertThatThrownBy(() -> client.conversation("x".repeat(21).split("")))
                .hasMessageContaining(
                        "Invalid 'items': array too long. Expected an array with maximum length 20, but got"
                                + " an array with length 21 instead.");
        Conversation conversation = client.conversation();
        for (int i = 0; i < 16; i++) {
            update(conversation, "k" + i, "v");
        }
        assertThatThrownBy(() -> update(conversation, "k16", "v"))
                .hasMessageContaining("Invalid 'metadata': too many properties. Expected an object with at most 16"
                        + " properties, but got an object with 17 properties instead.");
        assertThatThrownBy(() -> update(conversation, "k".repeat(65), "v"))
                .hasMessageContaining("Invalid property name in 'metadata': 'kkk...kkk' is too long. Expected a string"
                        + " with maximum length 64, but got a string with length 65 instead.");
        assertThatThrownBy(() -> update(conversation, "k0", "v".repeat(513)))
                .hasMessageContaining(
                        "Invalid 'metadata.k0': string too long. Expected a string with maximum length 512,"
                                + " but got a string with length 513 instead.");
    }

    private static Conversation update(Conversation conversation, String key, String value) {
        return client.sdk()
                .conversations()
                .update(
                        conversation.id(),
                        ConversationUpdateParams.builder()
                                .metadata(ConversationUpdateParams.Metadata.builder()
                                        .putAdditionalProperty(key, JsonValue.from(value))
                                        .build())
                                .build());
    }
}
