package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.batches.BatchCreateParams;
import com.anthropic.models.messages.batches.BatchCreateParams.Request;
import com.anthropic.models.messages.batches.MessageBatch;
import com.anthropic.models.messages.batches.MessageBatchIndividualResponse;
import io.bookstore.simulator.fault.FaultRule;
import io.bookstore.simulator.journal.Attempt;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches of Anthropic's messages: each is answered as it would be alone, by the clock of the batch. */
class AnthropicBatchesTest {

    private static final HandClock clock = new HandClock();
    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"), clock);
    private static final RawHttp http = new RawHttp(server.baseUrl());
    private static final AnthropicClient anthropic = AnthropicOkHttpClient.builder()
            .baseUrl(server.baseUrl().toString())
            .apiKey("any")
            .maxRetries(0)
            .responseValidation(true)
            .build();

    @AfterAll
    static void stop() {
        anthropic.close();
        server.close();
    }

    @BeforeEach
    void reset() {
        server.reset();
    }

    @Test
    void messagesAreAnsweredAsTheyWouldBeAloneWithTheTierOfBatches() {
        MessageBatch created = messages(message("good", 50), message("zero", 0));

        MessageBatch ended = anthropic.messages().batches().retrieve(created.id());

        assertThat(ended.processingStatus()).isEqualTo(MessageBatch.ProcessingStatus.ENDED);
        assertThat(ended.requestCounts().succeeded()).isEqualTo(1);
        assertThat(ended.requestCounts().errored()).isEqualTo(1);
        assertThat(ended.resultsUrl()).contains(server.baseUrl() + "/v1/messages/batches/" + created.id() + "/results");
        List<MessageBatchIndividualResponse> results = results(created);
        assertThat(results).extracting(MessageBatchIndividualResponse::customId).containsExactly("good", "zero");
        assertThat(results.get(0).result().asSucceeded().message().usage()).satisfies(usage -> {
            assertThat(usage.serviceTier().orElseThrow().asString()).isEqualTo("batch");
            assertThat(server.journal().attempts().get(0).result().tokens())
                    .isEqualTo(new Attempt.Tokens((int) usage.inputTokens(), (int) usage.outputTokens()));
        });
        assertThat(results.get(1)
                        .result()
                        .asErrored()
                        .error()
                        .error()
                        .asInvalidRequestError()
                        .message())
                .contains("max_tokens");
    }

    @Test
    void messagesHaveResultsOnceAllHaveEnded() {
        server.behave(server.behaviour().withProfile(TestProfiles.HALF_A_SECOND));
        MessageBatch created = messages(message("a", 50), message("b", 60));

        assertThat(created.processingStatus()).isEqualTo(MessageBatch.ProcessingStatus.IN_PROGRESS);
        assertThat(created.requestCounts().processing()).isEqualTo(2);
        assertThat(created.resultsUrl()).isEmpty();
        assertThatThrownBy(() -> results(created)).hasMessageContaining("has no available results.");
        assertThatThrownBy(() -> anthropic.messages().batches().delete(created.id()))
                .hasMessageContaining("In progress batches cannot be deleted.");
        clock.forward(Duration.ofMillis(500));

        assertThat(results(created)).hasSize(2);
        assertThat(anthropic.messages().batches().list().autoPager())
                .extracting(MessageBatch::id)
                .containsExactly(created.id());
        anthropic.messages().batches().delete(created.id());
        assertThatThrownBy(() -> anthropic.messages().batches().retrieve(created.id()))
                .hasMessageContaining("Message Batch " + created.id() + " not found.");
    }

    @Test
    void cancelledMessagesAreToldSo() {
        server.behave(server.behaviour().withProfile(TestProfiles.HALF_A_SECOND));
        MessageBatch created = messages(
                IntStream.range(0, 10).mapToObj(i -> message("m" + i, 50 + i)).toArray(Request[]::new));

        assertThat(anthropic.messages().batches().cancel(created.id()).processingStatus())
                .isEqualTo(MessageBatch.ProcessingStatus.CANCELING);
        clock.forward(Duration.ofMillis(500));

        MessageBatch ended = anthropic.messages().batches().retrieve(created.id());
        assertThat(ended.requestCounts().succeeded()).isEqualTo(8);
        assertThat(ended.requestCounts().canceled()).isEqualTo(2);
        assertThat(results(created).get(9).result().isCanceled()).isTrue();
        assertThatThrownBy(() -> anthropic.messages().batches().cancel(created.id()))
                .hasMessageContaining("has ended and cannot be canceled");
    }

    @Test
    void brokenAnswersAreErrorsOfTheServer() {
        server.behave(server.behaviour().withFaults(FaultRule.always("reset-before-headers")));

        assertThat(results(messages(message("a", 50)))
                        .get(0)
                        .result()
                        .asErrored()
                        .error()
                        .error()
                        .isApiError())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                              | requests: Field required
            {"requests":7}                                                                  | requests: Input should be a valid list
            {"requests":[]}                                                                 | requests: List should have at least 1 item after validation, not 0
            {"requests":[{"params":{}}]}                                                    | requests.0.custom_id: Field required
            {"requests":[{"custom_id":7}]}                                                  | requests.0.custom_id: Input should be a valid string
            {"requests":[{"custom_id":"a b","params":{}}]}                                  | requests.0.custom_id: String should match pattern
            {"requests":[{"custom_id":"a"}]}                                                | requests.0.params: Field required
            {"requests":[{"custom_id":"a","params":{}},{"custom_id":"a","params":{}}]}      | Duplicate custom_id found: a
            {"wizard":1}                                                                    | wizard: Extra inputs are not permitted
            """)
    void wrongBatchIsRefusedInAnthropicsWords(String body, String words) throws Exception {
        assertThat(http.post("/v1/messages/batches", body))
                .startsWith("HTTP/1.1 400 ")
                .contains(words);
    }

    private static Request message(String customId, int maxTokens) {
        return Request.builder()
                .customId(customId)
                .params(Request.Params.builder()
                        .model("claude-sonnet-4-5")
                        .maxTokens(maxTokens)
                        .addUserMessage("Summarize Emma")
                        .build())
                .build();
    }

    private static MessageBatch messages(Request... requests) {
        return anthropic
                .messages()
                .batches()
                .create(BatchCreateParams.builder().requests(List.of(requests)).build());
    }

    private static List<MessageBatchIndividualResponse> results(MessageBatch batch) {
        try (var results = anthropic.messages().batches().resultsStreaming(batch.id())) {
            return results.stream().toList();
        }
    }
}
