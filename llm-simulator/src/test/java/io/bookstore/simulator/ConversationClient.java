package io.bookstore.simulator;

import com.openai.client.OpenAIClient;
import com.openai.models.conversations.Conversation;
import com.openai.models.conversations.ConversationCreateParams;
import com.openai.models.conversations.items.ConversationItem;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseInputItem;
import java.util.List;
import java.util.stream.Stream;

/** OpenAI's client, with what its tests of conversations often ask for. */
record ConversationClient(OpenAIClient sdk) implements AutoCloseable {

    static ConversationClient of(SimulatorServer server) {
        return new ConversationClient(OpenAiSdk.of(server));
    }

    /** A new conversation with messages of the user. */
    Conversation conversation(String... texts) {
        return sdk.conversations()
                .create(ConversationCreateParams.builder()
                        .items(messages(texts))
                        .build());
    }

    static List<ResponseInputItem> messages(String... texts) {
        return Stream.of(texts)
                .map(text -> ResponseInputItem.ofEasyInputMessage(EasyInputMessage.builder()
                        .role(EasyInputMessage.Role.USER)
                        .content(text)
                        .build()))
                .toList();
    }

    static ResponseCreateParams.Builder params(Conversation conversation, String input) {
        return ResponseCreateParams.builder().model("gpt-4o-mini").input(input).conversation(conversation.id());
    }

    Response create(Conversation conversation, String input) {
        return sdk.responses().create(params(conversation, input).build());
    }

    /** The newest items first. */
    List<ConversationItem> items(Conversation conversation) {
        return sdk.conversations().items().list(conversation.id()).data();
    }

    static String id(ConversationItem message) {
        return message.asMessage().id();
    }

    static String text(ConversationItem message) {
        return message.asMessage().content().get(0).asInputText().text();
    }

    @Override
    public void close() {
        sdk.close();
    }
}
