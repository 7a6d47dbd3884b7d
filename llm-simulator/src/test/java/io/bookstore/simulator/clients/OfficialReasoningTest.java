package io.bookstore.simulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.JsonValue;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.google.genai.Client;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.Part;
import com.google.genai.types.ThinkingConfig;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.fault.FaultRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/** The own clients of Anthropic, Google and AWS read reasoning, several answers and log probabilities, streamed and not, with the usage of the journal. */
class OfficialReasoningTest {

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
    void anthropicsWithATool(boolean streaming) {
        com.anthropic.client.AnthropicClient client = OfficialSdks.anthropic(server);
        MessageCreateParams.Builder params = MessageCreateParams.builder()
                .model("claude-sonnet-4-5")
                .maxTokens(2_000)
                .enabledThinking(1_024)
                .putAdditionalHeader("anthropic-beta", "interleaved-thinking-2025-05-14")
                .addUserMessage("Emma")
                .addTool(com.anthropic.models.messages.Tool.builder()
                        .name("rate_book")
                        .inputSchema(com.anthropic.models.messages.Tool.InputSchema.builder()
                                .properties(com.anthropic.models.messages.Tool.InputSchema.Properties.builder()
                                        .putAdditionalProperty("stars", JsonValue.from(Map.of("type", "integer")))
                                        .build())
                                .build())
                        .build());

        Message first = OfficialSdks.message(client, params.build(), streaming);
        assertUsage(first.usage().inputTokens(), first.usage().outputTokens());
        Message second = OfficialSdks.message(
                client,
                params.addMessage(first)
                        .addUserMessageOfContentBlockParams(
                                List.of(ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                                        .toolUseId(first.content()
                                                .get(1)
                                                .asToolUse()
                                                .id())
                                        .content("thanks")
                                        .build())))
                        .build(),
                streaming);

        assertThat(first.content()).hasSize(2);
        assertThat(first.content().get(0).asThinking().thinking()).isNotEmpty();
        assertThat(first.content().get(0).asThinking().signature()).startsWith("EqQBCkYIARgCKkA");
        assertThat(first.usage().outputTokens()).isGreaterThan(REASONED);
        assertThat(second.content().get(0).isThinking()).isTrue();
        assertThat(second.content().get(1).asText().text()).endsWith(".");
        assertUsage(second.usage().inputTokens(), second.usage().outputTokens());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anthropicsRefusal(boolean streaming) {
        server.behave(server.behaviour().withFaults(FaultRule.always("refusal")));

        Message refused = OfficialSdks.message(
                OfficialSdks.anthropic(server),
                MessageCreateParams.builder()
                        .model("claude-sonnet-4-5")
                        .maxTokens(500)
                        .addUserMessage("Emma")
                        .build(),
                streaming);

        assertThat(refused.stopReason().orElseThrow().asString()).isEqualTo("refusal");
        assertUsage(refused.usage().inputTokens(), refused.usage().outputTokens());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void googles(boolean streaming) {
        List<GenerateContentResponse> answer = content(
                GenerateContentConfig.builder()
                        .thinkingConfig(ThinkingConfig.builder()
                                .includeThoughts(true)
                                .thinkingBudget(50)
                                .build())
                        .build(),
                streaming);

        List<Part> parts = answer.stream()
                .flatMap(response ->
                        response
                                .candidates()
                                .orElseThrow()
                                .get(0)
                                .content()
                                .orElseThrow()
                                .parts()
                                .orElseThrow()
                                .stream())
                .toList();
        assertThat(parts.get(0).thought()).contains(true);
        assertThat(parts.get(parts.size() - 1).thought()).isEmpty();
        var usage = answer.get(answer.size() - 1).usageMetadata().orElseThrow();
        assertThat(usage.thoughtsTokenCount()).contains(50);
        assertUsage(
                usage.promptTokenCount().orElseThrow(),
                usage.candidatesTokenCount().orElseThrow() + 50L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void googlesForSeveralAnswersWithLogProbabilities(boolean streaming) {
        List<GenerateContentResponse> answer = content(
                GenerateContentConfig.builder()
                        .candidateCount(2)
                        .responseLogprobs(true)
                        .logprobs(3)
                        .build(),
                streaming);

        assertThat(answer.stream()
                        .flatMap(response -> response.candidates().orElseThrow().stream())
                        .map(candidate -> candidate.index().orElseThrow()))
                .contains(0, 1);
        var first = answer.get(0).candidates().orElseThrow().get(0);
        assertThat(first.avgLogprobs().orElseThrow()).isNegative();
        assertThat(first.logprobsResult().orElseThrow().chosenCandidates().orElseThrow())
                .isNotEmpty();
    }

    @Test
    void googlesBlockedPrompt() {
        server.behave(server.behaviour().withFaults(FaultRule.always("refusal")));

        GenerateContentResponse answer =
                content(GenerateContentConfig.builder().build(), false).get(0);

        assertThat(answer.candidates()).isEmpty();
        assertThat(answer.promptFeedback()
                        .orElseThrow()
                        .blockReason()
                        .orElseThrow()
                        .toString())
                .isEqualTo("SAFETY");
        assertUsage(answer.usageMetadata().orElseThrow().promptTokenCount().orElseThrow(), 0);
    }

    private static List<GenerateContentResponse> content(GenerateContentConfig config, boolean streaming) {
        try (Client client = GeminiClient.sdk(server.baseUrl())) {
            if (!streaming) {
                return List.of(client.models.generateContent("gemini-2.5-flash", "Emma", config));
            }
            List<GenerateContentResponse> parts = new ArrayList<>();
            try (var stream = client.models.generateContentStream("gemini-2.5-flash", "Emma", config)) {
                stream.forEach(parts::add);
            }
            return parts;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void awss(boolean streaming) {
        String model = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
        Document fields = Document.mapBuilder()
                .putDocument(
                        "thinking",
                        Document.mapBuilder()
                                .putString("type", "enabled")
                                .putNumber("budget_tokens", 1_024)
                                .build())
                .build();
        var question = software.amazon.awssdk.services.bedrockruntime.model.Message.builder()
                .role(ConversationRole.USER)
                .content(ContentBlock.fromText("Emma"))
                .build();
        StringBuilder thoughts = new StringBuilder();
        StringBuilder signature = new StringBuilder();
        StringBuilder text = new StringBuilder();
        AtomicReference<TokenUsage> usage = new AtomicReference<>();

        try (BedrockRuntimeAsyncClient client = BedrockRuntimeAsyncClient.builder()
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .endpointOverride(server.baseUrl())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build()) {
            if (streaming) {
                client.converseStream(
                                request -> request.modelId(model)
                                        .messages(question)
                                        .additionalModelRequestFields(fields),
                                ConverseStreamResponseHandler.builder()
                                        .subscriber(ConverseStreamResponseHandler.Visitor.builder()
                                                .onContentBlockDelta(event -> {
                                                    var reasoning =
                                                            event.delta().reasoningContent();
                                                    if (reasoning == null) {
                                                        text.append(
                                                                event.delta().text());
                                                    } else if (reasoning.text() == null) {
                                                        signature.append(reasoning.signature());
                                                    } else {
                                                        thoughts.append(reasoning.text());
                                                    }
                                                })
                                                .onMetadata(event -> usage.set(event.usage()))
                                                .build())
                                        .build())
                        .join();
            } else {
                var response = client.converse(request ->
                                request.modelId(model).messages(question).additionalModelRequestFields(fields))
                        .join();
                List<ContentBlock> blocks = response.output().message().content();
                thoughts.append(blocks.get(0).reasoningContent().reasoningText().text());
                signature.append(
                        blocks.get(0).reasoningContent().reasoningText().signature());
                text.append(blocks.get(1).text());
                usage.set(response.usage());
            }
        }

        assertThat(thoughts).isNotEmpty();
        assertThat(signature.toString()).startsWith("EqQBCkYIARgCKkA");
        assertThat(text.toString()).endsWith(".");
        assertUsage(usage.get().inputTokens(), usage.get().outputTokens());
    }

    private static void assertUsage(long input, long output) {
        OfficialSdks.assertUsage(server, input, output);
    }
}
