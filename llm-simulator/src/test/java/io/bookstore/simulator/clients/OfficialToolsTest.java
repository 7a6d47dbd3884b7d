package io.bookstore.simulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.JsonValue;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.google.genai.Client;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.openai.client.OpenAIClient;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The providers' own clients call a tool and send its result back, streamed and not, with the usage of the journal. */
class OfficialToolsTest {

    private static final Map<String, Object> STARS = Map.of("type", "integer", "minimum", 1, "maximum", 5);

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anthropics(boolean streaming) {
        com.anthropic.client.AnthropicClient client = OfficialSdks.anthropic(server);
        MessageCreateParams.Builder params = MessageCreateParams.builder()
                .model("claude-sonnet-4-5")
                .maxTokens(500)
                .addUserMessage("Emma")
                .addTool(com.anthropic.models.messages.Tool.builder()
                        .name("rate_book")
                        .inputSchema(com.anthropic.models.messages.Tool.InputSchema.builder()
                                .properties(com.anthropic.models.messages.Tool.InputSchema.Properties.builder()
                                        .putAdditionalProperty("stars", JsonValue.from(STARS))
                                        .build())
                                .required(List.of("stars"))
                                .build())
                        .build());

        Message first = OfficialSdks.message(client, params.build(), streaming);
        ToolUseBlock call = first.content().get(0).asToolUse();
        assertUsage(first.usage().inputTokens(), first.usage().outputTokens());
        Message second = OfficialSdks.message(
                client,
                params.addMessage(first)
                        .addUserMessageOfContentBlockParams(
                                List.of(ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                                        .toolUseId(call.id())
                                        .content("thanks")
                                        .build())))
                        .build(),
                streaming);

        assertThat(call.name()).isEqualTo("rate_book");
        assertThat(call._input().convert(Map.class).get("stars")).isIn(1, 2, 3, 4, 5);
        assertThat(first.stopReason().orElseThrow().asString()).isEqualTo("tool_use");
        assertThat(second.content().get(0).asText().text()).endsWith(".");
        assertUsage(second.usage().inputTokens(), second.usage().outputTokens());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void openAisForChat(boolean streaming) {
        OpenAIClient client = OfficialSdks.openAi(server);
        ChatCompletionCreateParams.Builder params = ChatCompletionCreateParams.builder()
                .model("gpt-4o")
                .addUserMessage("Emma")
                .addTool(ChatCompletionFunctionTool.builder()
                        .function(FunctionDefinition.builder()
                                .name("rate_book")
                                .parameters(FunctionParameters.builder()
                                        .putAdditionalProperty("type", com.openai.core.JsonValue.from("object"))
                                        .putAdditionalProperty(
                                                "properties", com.openai.core.JsonValue.from(Map.of("stars", STARS)))
                                        .putAdditionalProperty(
                                                "required", com.openai.core.JsonValue.from(List.of("stars")))
                                        .build())
                                .build())
                        .build());

        ChatCompletion first = OfficialSdks.chat(client, params, streaming);
        ChatCompletionMessageFunctionToolCall call = first.choices()
                .get(0)
                .message()
                .toolCalls()
                .orElseThrow()
                .get(0)
                .asFunction();
        assertUsage(
                first.usage().orElseThrow().promptTokens(),
                first.usage().orElseThrow().completionTokens());
        ChatCompletion second = OfficialSdks.chat(
                client,
                params.addMessage(first.choices().get(0).message())
                        .addMessage(ChatCompletionToolMessageParam.builder()
                                .toolCallId(call.id())
                                .content("thanks")
                                .build()),
                streaming);

        assertThat(call.function().name()).isEqualTo("rate_book");
        assertThat(call.function().arguments()).containsPattern("\"stars\":[1-5][,}]");
        assertThat(first.choices().get(0).finishReason().asString()).isEqualTo("tool_calls");
        assertThat(second.choices().get(0).message().content().orElseThrow()).endsWith(".");
        assertUsage(
                second.usage().orElseThrow().promptTokens(),
                second.usage().orElseThrow().completionTokens());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void openAisForResponses(boolean streaming) {
        OpenAIClient client = OfficialSdks.openAi(server);
        List<ResponseInputItem> input = new ArrayList<>();
        input.add(ResponseInputItem.ofEasyInputMessage(EasyInputMessage.builder()
                .role(EasyInputMessage.Role.USER)
                .content("Emma")
                .build()));

        Response first = response(client, input, streaming);
        ResponseFunctionToolCall call = first.output().get(0).asFunctionCall();
        assertUsage(
                first.usage().orElseThrow().inputTokens(),
                first.usage().orElseThrow().outputTokens());
        input.add(ResponseInputItem.ofFunctionCall(call));
        input.add(ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                .callId(call.callId())
                .output("thanks")
                .build()));
        Response second = response(client, input, streaming);

        assertThat(call.name()).isEqualTo("rate_book");
        assertThat(call.arguments()).containsPattern("\"stars\":[1-5][,}]");
        assertThat(second.output())
                .singleElement()
                .satisfies(item -> assertThat(item.isMessage()).isTrue());
        assertThat(second.output())
                .extracting(ResponseOutputItem::isFunctionCall)
                .containsExactly(false);
        assertUsage(
                second.usage().orElseThrow().inputTokens(),
                second.usage().orElseThrow().outputTokens());
    }

    private static Response response(OpenAIClient client, List<ResponseInputItem> input, boolean streaming) {
        ResponseCreateParams params = ResponseCreateParams.builder()
                .model("gpt-4o")
                .inputOfResponse(input)
                .addTool(FunctionTool.builder()
                        .name("rate_book")
                        .strict(true)
                        .parameters(FunctionTool.Parameters.builder()
                                .putAdditionalProperty("type", com.openai.core.JsonValue.from("object"))
                                .putAdditionalProperty(
                                        "properties", com.openai.core.JsonValue.from(Map.of("stars", STARS)))
                                .putAdditionalProperty("required", com.openai.core.JsonValue.from(List.of("stars")))
                                .putAdditionalProperty("additionalProperties", com.openai.core.JsonValue.from(false))
                                .build())
                        .build())
                .build();
        return OfficialSdks.response(client, params, streaming);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void googles(boolean streaming) {
        try (Client client = GeminiClient.sdk(server.baseUrl())) {
            List<Content> contents = new ArrayList<>();
            contents.add(
                    Content.builder().role("user").parts(Part.fromText("Emma")).build());

            List<GenerateContentResponse> first = contents(client, contents, streaming);
            FunctionCall call = first.get(0).functionCalls().get(0);
            assertUsage(first);
            contents.add(Content.builder()
                    .role("model")
                    .parts(Part.fromFunctionCall(
                            call.name().orElseThrow(), call.args().orElseThrow()))
                    .build());
            contents.add(Content.builder()
                    .role("user")
                    .parts(Part.fromFunctionResponse(call.name().orElseThrow(), Map.of("result", "thanks")))
                    .build());
            List<GenerateContentResponse> second = contents(client, contents, streaming);

            assertThat(call.name()).contains("rate_book");
            assertThat(call.args().orElseThrow().get("stars")).isIn(1, 2, 3, 4, 5);
            assertThat(second.get(0).text()).isNotEmpty();
            assertUsage(second);
        }
    }

    private static List<GenerateContentResponse> contents(Client client, List<Content> contents, boolean streaming) {
        GenerateContentConfig config = GenerateContentConfig.builder()
                .tools(com.google.genai.types.Tool.builder()
                        .functionDeclarations(FunctionDeclaration.builder()
                                .name("rate_book")
                                .parameters(Schema.builder()
                                        .type("OBJECT")
                                        .properties(Map.of(
                                                "stars",
                                                Schema.builder()
                                                        .type("INTEGER")
                                                        .minimum(1.0)
                                                        .maximum(5.0)
                                                        .build()))
                                        .required("stars")
                                        .build())
                                .build())
                        .build())
                .build();
        if (!streaming) {
            return List.of(client.models.generateContent("gemini-2.5-flash", contents, config));
        }
        List<GenerateContentResponse> parts = new ArrayList<>();
        try (var stream = client.models.generateContentStream("gemini-2.5-flash", contents, config)) {
            stream.forEach(parts::add);
        }
        return parts;
    }

    private static void assertUsage(List<GenerateContentResponse> parts) {
        var usage = parts.get(parts.size() - 1).usageMetadata().orElseThrow();
        assertUsage(
                usage.promptTokenCount().orElseThrow(),
                usage.candidatesTokenCount().orElseThrow());
    }

    private static void assertUsage(long input, long output) {
        OfficialSdks.assertUsage(server, input, output);
    }
}
