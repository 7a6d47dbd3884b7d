package io.bookstore.simulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionTokenLogprob;
import com.openai.models.completions.CompletionUsage;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseIncludable;
import com.openai.models.responses.ResponseOutputText;
import com.openai.models.responses.ResponseReasoningItem;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.fault.FaultRule;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's own client reads reasoning, several answers and log probabilities, streamed and not, with the usage of the journal. */
class OfficialOpenAiReasoningTest {

    private static final int REASONED = 100;
    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void withoutFaults() {
        server.behave(server.behaviour().withFaults());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void openAisForChat(boolean streaming) {
        ChatCompletion chat = chat(
                ChatCompletionCreateParams.builder()
                        .model("gpt-5-mini")
                        .addUserMessage("Emma")
                        .reasoningEffort(ReasoningEffort.HIGH),
                streaming);

        CompletionUsage usage = chat.usage().orElseThrow();
        assertThat(chat.choices().get(0).message().content().orElseThrow()).endsWith(".");
        assertThat(usage.completionTokensDetails().orElseThrow().reasoningTokens())
                .contains(3L * REASONED);
        assertUsage(usage.promptTokens(), usage.completionTokens());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void openAisForSeveralAnswersWithLogProbabilities(boolean streaming) {
        ChatCompletion chat = chat(
                ChatCompletionCreateParams.builder()
                        .model("gpt-4o")
                        .addUserMessage("Emma")
                        .n(3)
                        .logprobs(true)
                        .topLogprobs(2),
                streaming);

        CompletionUsage usage = chat.usage().orElseThrow();
        assertThat(chat.choices()).hasSize(3).allSatisfy(choice -> {
            List<ChatCompletionTokenLogprob> tokens =
                    choice.logprobs().orElseThrow().content().orElseThrow();
            assertThat(tokens.stream().map(ChatCompletionTokenLogprob::token).collect(Collectors.joining()))
                    .isEqualTo(choice.message().content().orElseThrow());
            assertThat(tokens)
                    .allSatisfy(token -> assertThat(token.topLogprobs()).hasSize(2));
            assertThat(choice.finishReason().asString()).isEqualTo("stop");
        });
        assertThat(chat.choices())
                .extracting(choice -> choice.message().content())
                .doesNotHaveDuplicates();
        assertUsage(usage.promptTokens(), usage.completionTokens());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void openAisRefusal(boolean streaming) {
        server.behave(server.behaviour().withFaults(FaultRule.always("refusal")));

        ChatCompletion chat =
                chat(ChatCompletionCreateParams.builder().model("gpt-4o").addUserMessage("Emma"), streaming);

        assertThat(chat.choices().get(0).message().refusal())
                .contains("I'm sorry, but I can't help with that request.");
        assertThat(chat.choices().get(0).finishReason().asString()).isEqualTo("stop");
    }

    private static ChatCompletion chat(ChatCompletionCreateParams.Builder params, boolean streaming) {
        return OfficialSdks.chat(OfficialSdks.openAi(server), params, streaming);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void openAisForResponses(boolean streaming) {
        Response response = response(
                ResponseCreateParams.builder()
                        .model("gpt-5-mini")
                        .input("Emma")
                        .reasoning(Reasoning.builder()
                                .effort(ReasoningEffort.MEDIUM)
                                .summary(Reasoning.Summary.AUTO)
                                .build())
                        .addInclude(ResponseIncludable.REASONING_ENCRYPTED_CONTENT)
                        .build(),
                streaming);

        ResponseReasoningItem reasoning = response.output().get(0).reasoning().orElseThrow();
        assertThat(reasoning.summary())
                .singleElement()
                .satisfies(summary -> assertThat(summary.text()).isNotEmpty());
        assertThat(reasoning.encryptedContent()).isPresent();
        assertThat(text(response, 1).text()).endsWith(".");
        var usage = response.usage().orElseThrow();
        assertThat(usage.outputTokensDetails().reasoningTokens()).isEqualTo(REASONED);
        assertUsage(usage.inputTokens(), usage.outputTokens());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void openAisForResponsesWithLogProbabilities(boolean streaming) {
        Response response = response(
                ResponseCreateParams.builder()
                        .model("gpt-4o")
                        .input("Emma")
                        .topLogprobs(2)
                        .addInclude(ResponseIncludable.MESSAGE_OUTPUT_TEXT_LOGPROBS)
                        .build(),
                streaming);

        ResponseOutputText text = text(response, 0);
        assertThat(text.logprobs().orElseThrow().stream()
                        .map(ResponseOutputText.Logprob::token)
                        .collect(Collectors.joining()))
                .isEqualTo(text.text());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void openAisRefusalInAResponse(boolean streaming) {
        server.behave(server.behaviour().withFaults(FaultRule.always("refusal")));

        Response response = response(
                ResponseCreateParams.builder().model("gpt-4o").input("Emma").build(), streaming);

        assertThat(response.output()
                        .get(0)
                        .message()
                        .orElseThrow()
                        .content()
                        .get(0)
                        .asRefusal()
                        .refusal())
                .startsWith("I'm sorry");
    }

    private static Response response(ResponseCreateParams params, boolean streaming) {
        return OfficialSdks.response(OfficialSdks.openAi(server), params, streaming);
    }

    private static ResponseOutputText text(Response response, int item) {
        return response.output()
                .get(item)
                .message()
                .orElseThrow()
                .content()
                .get(0)
                .asOutputText();
    }

    private static void assertUsage(long input, long output) {
        OfficialSdks.assertUsage(server, input, output);
    }
}
