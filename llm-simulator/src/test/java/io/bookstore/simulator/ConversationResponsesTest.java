package io.bookstore.simulator;

import static io.bookstore.simulator.ConversationClient.id;
import static io.bookstore.simulator.ConversationClient.params;
import static io.bookstore.simulator.ConversationClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.conversations.Conversation;
import com.openai.models.conversations.items.ConversationItem;
import com.openai.models.conversations.items.ItemListParams;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseConversationParam;
import com.openai.models.responses.ResponseIncludable;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ToolChoiceOptions;
import io.bookstore.simulator.fault.FaultRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Responses that go on from a conversation and are added to it. */
class ConversationResponsesTest {

    private static final HandClock clock = new HandClock();
    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"), clock);
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
    void answerIsBilledForTheConversationAndAddedToIt() {
        Conversation conversation = client.conversation("Summarize \"Emma\" " + "in five hundred words ".repeat(100));

        Response first = client.create(conversation, "Shorter");
        Response second = client.sdk()
                .responses()
                .create(params(conversation, "Even shorter")
                        .conversation(ResponseConversationParam.builder()
                                .id(conversation.id())
                                .build())
                        .build());

        assertThat(first.conversation().orElseThrow().id()).isEqualTo(conversation.id());
        assertThat(inputTokens(first)).isGreaterThan(400);
        assertThat(inputTokens(second)).isGreaterThan(inputTokens(first) + outputTokens(first));
        List<ConversationItem> items = client.items(conversation);
        assertThat(items).hasSize(5);
        assertThat(items).extracting(ConversationClient::id).doesNotHaveDuplicates();
        assertThat(text(items.get(1))).isEqualTo("Even shorter");
        assertThat(id(items.get(0)))
                .isEqualTo(second.output().get(0).asMessage().id());
        assertThat(client.sdk().responses().retrieve(second.id())).isEqualTo(second);
    }

    @Test
    void streamIsAddedAtItsEndAndAnswerThatIsNotStoredNever() {
        Conversation conversation = client.conversation();

        try (var events = client.sdk()
                .responses()
                .createStreaming(params(conversation, "Emma").build())) {
            assertThat(events.stream().flatMap(event -> event.completed().stream()))
                    .hasSize(1);
        }
        client.sdk()
                .responses()
                .create(params(conversation, "Persuasion").store(false).build());

        assertThat(client.items(conversation)).hasSize(2);
    }

    @Test
    void callOfATurnIsAnsweredInTheNext() {
        Conversation conversation = client.conversation();
        Response call = client.sdk()
                .responses()
                .create(params(conversation, "What is the weather?")
                        .addTool(FunctionTool.builder()
                                .name("weather")
                                .strict(false)
                                .parameters(FunctionTool.Parameters.builder()
                                        .putAllAdditionalProperties(Map.of("type", JsonValue.from("object")))
                                        .build())
                                .build())
                        .toolChoice(ToolChoiceOptions.REQUIRED)
                        .build());
        ResponseInputItem output = ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                .callId(call.output().get(0).asFunctionCall().callId())
                .output("Sunny")
                .build());

        client.sdk()
                .responses()
                .create(params(conversation, "")
                        .inputOfResponse(List.of(output))
                        .build());

        List<ConversationItem> items = client.items(conversation);
        assertThat(items).hasSize(4);
        assertThat(items.get(2).asFunctionCall().name()).isEqualTo("weather");
        assertThat(items.get(1).asFunctionCallOutput().output().asString()).isEqualTo("Sunny");
    }

    @Test
    void answerInTheBackgroundLocksTheConversationUntilItIsAdded() {
        server.behave(server.behaviour().withProfile(TestProfiles.HALF_A_SECOND));
        Conversation conversation = client.conversation("one");
        Response accepted = client.sdk()
                .responses()
                .create(params(conversation, "Emma").background(true).build());

        assertThat(client.items(conversation)).hasSize(1);
        assertThatThrownBy(() -> client.create(conversation, "More"))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("Another process is currently operating on this conversation.");
        clock.forward(Duration.ofMillis(500));

        assertThat(client.items(conversation)).hasSize(3);
        assertThat(client.create(conversation, "More").id()).isNotEqualTo(accepted.id());
    }

    @Test
    void cancelledOrBrokenAnswerAddsNothingAndUnlocks() {
        Conversation conversation = client.conversation("one");
        server.behave(server.behaviour().withFaults(FaultRule.always("reset-after-headers")));
        assertThatThrownBy(() -> client.create(conversation, "Emma"));
        server.behave(server.behaviour().withFaults().withProfile(TestProfiles.HALF_A_SECOND));
        Response accepted = client.sdk()
                .responses()
                .create(params(conversation, "Emma").background(true).build());

        client.sdk().responses().cancel(accepted.id());

        assertThat(client.items(conversation)).hasSize(1);
        assertThat(client.create(conversation, "More").id()).isNotEmpty();
    }

    @Test
    void streamLocksTheConversationUntilItsClientLeaves() {
        server.behave(server.behaviour().withProfile(TestProfiles.A_TOKEN_AN_HOUR));
        Conversation conversation = client.conversation();
        var events = client.sdk()
                .responses()
                .createStreaming(params(conversation, "Emma").build());
        assertThat(events.stream().findFirst()).isPresent();

        assertThatThrownBy(() -> client.create(conversation, "More")).isInstanceOf(BadRequestException.class);
        events.close();
        server.behave(server.behaviour().withProfile(TestProfiles.HALF_A_SECOND));

        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> client.create(conversation, "More").id() != null);
        assertThat(client.items(conversation)).hasSize(2);
    }

    @Test
    void encryptedReasoningIsShownOnlyIfItIsAskedFor() {
        Conversation conversation = client.conversation();
        client.sdk()
                .responses()
                .create(params(conversation, "Emma")
                        .model("gpt-5-mini")
                        .reasoning(Reasoning.builder()
                                .effort(ReasoningEffort.MEDIUM)
                                .build())
                        .addInclude(ResponseIncludable.REASONING_ENCRYPTED_CONTENT)
                        .build());
        ItemListParams.Builder list = ItemListParams.builder().order(ItemListParams.Order.ASC);

        ConversationItem hidden = client.sdk()
                .conversations()
                .items()
                .list(conversation.id(), list.build())
                .data()
                .get(1);
        ConversationItem shown = client.sdk()
                .conversations()
                .items()
                .list(
                        conversation.id(),
                        list.addInclude(ResponseIncludable.REASONING_ENCRYPTED_CONTENT)
                                .build())
                .data()
                .get(1);

        assertThat(hidden.asReasoning().encryptedContent()).isEmpty();
        assertThat(shown.asReasoning().encryptedContent()).isPresent();
    }

    @Test
    void equalRequestsGetEqualBytesAfterAReset() throws Exception {
        String once = turns();
        server.reset();

        assertThat(turns()).isEqualTo(once);
    }

    private static String turns() throws Exception {
        String id = client.conversation("one").id();
        String turn = "{\"model\":\"gpt-4o\",\"conversation\":\"" + id + "\",\"input\":\"Emma\"}";
        return http.post("/v1/responses", turn)
                + http.post("/v1/responses", turn)
                + http.get("/v1/conversations/" + id + "/items?order=asc");
    }

    private static long inputTokens(Response response) {
        return response.usage().orElseThrow().inputTokens();
    }

    private static long outputTokens(Response response) {
        return response.usage().orElseThrow().outputTokens();
    }
}
