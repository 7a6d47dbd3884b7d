package io.bookstore.simulator;

import static io.bookstore.simulator.StoredAnswers.create;
import static io.bookstore.simulator.StoredAnswers.inputTokens;
import static io.bookstore.simulator.StoredAnswers.outputTokens;
import static io.bookstore.simulator.StoredAnswers.params;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ToolChoiceOptions;
import com.openai.models.responses.inputitems.InputItemListParams;
import io.bookstore.simulator.fault.FaultRule;
import io.bookstore.simulator.rule.Answers;
import io.bookstore.simulator.rule.AnswersYaml;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Responses that are kept: retrieved, gone on from, and forgotten. */
class StoredResponsesTest {

    private static final HandClock clock = new HandClock();
    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"), clock);
    private static final RawHttp http = new RawHttp(server.baseUrl());
    private static final OpenAIClient client = OpenAiSdk.of(server);

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
    void answerIsRetrievedWithItsInput() {
        Response response = create(client, params("Summarize \"Emma\""));

        assertThat(client.responses().retrieve(response.id())).isEqualTo(response);
        assertThat(inputOf(response))
                .singleElement()
                .satisfies(item -> assertThat(item.asResponseInputMessageItem()
                                .content()
                                .get(0)
                                .asInputText()
                                .text())
                        .isEqualTo("Summarize \"Emma\""));
    }

    @Test
    void streamIsKeptAtItsEnd() {
        try (var events =
                client.responses().createStreaming(params("Summarize \"Emma\"").build())) {
            Response last = events.stream()
                    .flatMap(event -> event.completed().stream())
                    .findFirst()
                    .orElseThrow()
                    .response();

            assertThat(client.responses().retrieve(last.id())).isEqualTo(last);
        }
    }

    @Test
    void answerThatIsNotToBeStoredOrIsDeletedIsNotFound() {
        Response unstored = create(client, params("Emma").store(false));
        Response deleted = create(client, params("Persuasion"));

        client.responses().delete(deleted.id());

        for (Response gone : List.of(unstored, deleted)) {
            assertThatThrownBy(() -> client.responses().retrieve(gone.id()))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("Response with id '" + gone.id() + "' not found.");
            assertThatThrownBy(() -> create(client, params("More").previousResponseId(gone.id())))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageContaining("Previous response with id '" + gone.id() + "' not found.");
        }
    }

    @Test
    void chainIsBilledAsTheWholeConversation() {
        Response first = create(client, params("Summarize \"Emma\" " + "in five hundred words ".repeat(100)));
        Response second = create(client, params("Shorter").previousResponseId(first.id()));
        Response third = create(client, params("Even shorter").previousResponseId(second.id()));

        Response whole = create(
                client,
                params("")
                        .inputOfResponse(List.of(
                                message(
                                        EasyInputMessage.Role.USER,
                                        "Summarize \"Emma\" " + "in five hundred words ".repeat(100)),
                                message(EasyInputMessage.Role.ASSISTANT, text(first)),
                                message(EasyInputMessage.Role.USER, "Shorter"),
                                message(EasyInputMessage.Role.ASSISTANT, text(second)),
                                message(EasyInputMessage.Role.USER, "Even shorter"))));

        assertThat(inputTokens(second)).isGreaterThan(inputTokens(first) + outputTokens(first));
        assertThat(inputTokens(third)).isEqualTo(inputTokens(whole)).isGreaterThan(inputTokens(second));
        assertThat(third.previousResponseId()).contains(second.id());
        assertThat(Objects.requireNonNull(
                                server.journal().attempts().get(2).result().tokens())
                        .input())
                .isEqualTo((int) inputTokens(third));
        assertThat(inputOf(third)).hasSize(5);
        assertThat(inputOf(third)).extracting(StoredResponsesTest::idOf).doesNotHaveDuplicates();
    }

    @Test
    void itemsOfTheInputComeInPages() {
        Response first = create(client, params("Emma"));
        Response second = create(client, params("Shorter").previousResponseId(first.id()));
        List<ResponseItem> all = inputOf(second);

        InputItemListParams.Builder oldestFirst = InputItemListParams.builder()
                .responseId(second.id())
                .order(InputItemListParams.Order.ASC)
                .limit(2);

        assertThat(client.responses().inputItems().list(oldestFirst.build()).data())
                .containsExactly(all.get(2), all.get(1));
        assertThat(client.responses()
                        .inputItems()
                        .list(oldestFirst.after(idOf(all.get(1))).build())
                        .data())
                .containsExactly(all.get(0));
    }

    @Test
    void rulesSeeTheTurnOfTheConversation() {
        server.answer(
                AnswersYaml.parse("rules:\n  - match: {turn: 2, prompt: again}\n    response: {content: Twice.}\n"));
        Response first = create(client, params("Once"));

        assertThat(text(create(client, params("again").previousResponseId(first.id()))))
                .isEqualTo("Twice.");
        server.answer(Answers.NONE);
    }

    @Test
    void outputOfAToolBelongsToACallOfThePreviousAnswer() {
        Response call = create(
                client,
                params("What is the weather?")
                        .addTool(FunctionTool.builder()
                                .name("weather")
                                .strict(false)
                                .parameters(FunctionTool.Parameters.builder()
                                        .putAllAdditionalProperties(Map.of("type", JsonValue.from("object")))
                                        .build())
                                .build())
                        .toolChoice(ToolChoiceOptions.REQUIRED));
        String callId = call.output().get(0).asFunctionCall().callId();
        ResponseInputItem output = ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                .callId(callId)
                .output("Sunny")
                .build());

        Response answer =
                create(client, params("").inputOfResponse(List.of(output)).previousResponseId(call.id()));

        assertThat(text(answer)).isNotEmpty();
        assertThatThrownBy(() -> create(client, params("").inputOfResponse(List.of(output))))
                .hasMessageContaining("No tool call found for function call output with call_id " + callId);
    }

    @Test
    void faultsRefuseTheRequestOrFailTheAnswer() {
        server.behave(server.behaviour().withFaults(FaultRule.always("429:5")));
        assertThatThrownBy(() -> create(client, params("Emma").background(true)))
                .isInstanceOf(RateLimitException.class);
        server.behave(server.behaviour().withFaults(FaultRule.always("reset-before-headers")));

        Response broken = client.responses()
                .retrieve(create(client, params("Emma").background(true)).id());

        assertThat(broken.status()).contains(ResponseStatus.FAILED);
        assertThat(broken.error().orElseThrow().message()).contains("The server had an error");
        assertThat(server.journal().attempts())
                .last()
                .satisfies(attempt -> assertThat(attempt.result().status()).isEqualTo(500));
    }

    @Test
    void resetForgetsAllResponses() {
        server.behave(server.behaviour().withProfile(TestProfiles.HALF_A_SECOND));
        Response accepted = create(client, params("Emma").background(true));

        server.reset();

        assertThatThrownBy(() -> client.responses().retrieve(accepted.id())).isInstanceOf(NotFoundException.class);
        clock.forward(Duration.ofSeconds(1));
        assertThat(server.journal().attempts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /v1/responses/resp_1             | 404 | Response with id 'resp_1' not found.
            /v1/responses/resp_1/input_items | 404 | Response with id 'resp_1' not found.
            /v1/batches/batch_1              | 404 | No batch found with id 'batch_1'.
            /v1/files/file-1/content         | 404 | No such File object: file-1
            /v1/batches?limit=0              | 400 | limit must be a whole number from 1 to 100, was 0
            """)
    void unknownThingGetsTheProvidersWords(String path, int status, String words) throws Exception {
        assertThat(http.exchange(RawHttp.requestWithoutKey("GET", path, "", "authorization: Bearer any")))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains(words);
    }

    @Test
    void wrongItemIsToldByItsPlaceInTheRequest() throws Exception {
        String id = create(client, params("Emma")).id();

        assertThat(http.post(
                        "/v1/responses",
                        "{\"model\":\"gpt-4o\",\"previous_response_id\":\"" + id
                                + "\",\"input\":[{\"content\":\"x\"}]}"))
                .startsWith("HTTP/1.1 400 ")
                .contains("Missing required parameter: 'input[0].role'.");
    }

    private static ResponseInputItem message(EasyInputMessage.Role role, String text) {
        return ResponseInputItem.ofEasyInputMessage(
                EasyInputMessage.builder().role(role).content(text).build());
    }

    private static List<ResponseItem> inputOf(Response response) {
        return client.responses()
                .inputItems()
                .list(response.id(), InputItemListParams.builder().limit(100).build())
                .data();
    }

    private static String idOf(ResponseItem item) {
        return item.isResponseOutputMessage()
                ? item.asResponseOutputMessage().id()
                : item.asResponseInputMessageItem().id();
    }

    private static String text(Response response) {
        return response.output()
                .get(0)
                .asMessage()
                .content()
                .get(0)
                .asOutputText()
                .text();
    }
}
