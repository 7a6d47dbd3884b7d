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
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
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
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;

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

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void awss(boolean streaming) {
        try (BedrockRuntimeAsyncClient client = BedrockRuntimeAsyncClient.builder()
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .endpointOverride(server.baseUrl())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build()) {
            List<software.amazon.awssdk.services.bedrockruntime.model.Message> messages = new ArrayList<>();
            messages.add(user(ContentBlock.fromText("Emma")));

            Turn first = turn(client, messages, streaming);
            messages.add(software.amazon.awssdk.services.bedrockruntime.model.Message.builder()
                    .role(ConversationRole.ASSISTANT)
                    .content(ContentBlock.fromToolUse(use -> use.toolUseId(first.id())
                            .name(first.name())
                            .input(Document.mapBuilder().putNumber("stars", 5).build())))
                    .build());
            messages.add(user(ContentBlock.fromToolResult(
                    result -> result.toolUseId(first.id()).content(content -> content.text("thanks")))));
            Turn second = turn(client, messages, streaming);

            assertThat(first.name()).isEqualTo("rate_book");
            assertThat(first.input()).matches("\\{\"stars\": ?[1-5]}");
            assertThat(first.stopReason()).isEqualTo("tool_use");
            assertThat(second.stopReason()).isEqualTo("end_turn");
            assertThat(second.input()).endsWith(".");
        }
    }

    /** One answer of Bedrock: the input of its call, or its text. */
    private record Turn(String id, String name, String input, String stopReason) {}

    private static Turn turn(
            BedrockRuntimeAsyncClient client,
            List<software.amazon.awssdk.services.bedrockruntime.model.Message> messages,
            boolean streaming) {
        String model = "us.anthropic.claude-3-5-sonnet-20241022-v2:0";
        if (!streaming) {
            var response = client.converse(
                            request -> request.modelId(model).messages(messages).toolConfig(tools()))
                    .join();
            assertUsage(response.usage().inputTokens(), response.usage().outputTokens());
            ContentBlock block = response.output().message().content().get(0);
            return block.toolUse() == null
                    ? new Turn("", "", block.text(), response.stopReasonAsString())
                    : new Turn(
                            block.toolUse().toolUseId(),
                            block.toolUse().name(),
                            block.toolUse().input().toString(),
                            response.stopReasonAsString());
        }
        StringBuilder input = new StringBuilder();
        AtomicReference<String> id = new AtomicReference<>("");
        AtomicReference<String> name = new AtomicReference<>("");
        AtomicReference<String> stopReason = new AtomicReference<>();
        AtomicReference<TokenUsage> usage = new AtomicReference<>();
        client.converseStream(
                        request -> request.modelId(model).messages(messages).toolConfig(tools()),
                        ConverseStreamResponseHandler.builder()
                                .subscriber(ConverseStreamResponseHandler.Visitor.builder()
                                        .onContentBlockStart(event -> {
                                            id.set(event.start().toolUse().toolUseId());
                                            name.set(event.start().toolUse().name());
                                        })
                                        .onContentBlockDelta(event -> input.append(
                                                event.delta().toolUse() == null
                                                        ? event.delta().text()
                                                        : event.delta()
                                                                .toolUse()
                                                                .input()))
                                        .onMessageStop(event -> stopReason.set(event.stopReasonAsString()))
                                        .onMetadata(event -> usage.set(event.usage()))
                                        .build())
                                .build())
                .join();
        assertUsage(usage.get().inputTokens(), usage.get().outputTokens());
        return new Turn(id.get(), name.get(), input.toString(), stopReason.get());
    }

    private static ToolConfiguration tools() {
        Document schema = Document.mapBuilder()
                .putString("type", "object")
                .putDocument(
                        "properties",
                        Document.mapBuilder()
                                .putDocument(
                                        "stars",
                                        Document.mapBuilder()
                                                .putString("type", "integer")
                                                .putNumber("minimum", 1)
                                                .putNumber("maximum", 5)
                                                .build())
                                .build())
                .putList("required", list -> list.addString("stars"))
                .putBoolean("additionalProperties", false)
                .build();
        return ToolConfiguration.builder()
                .tools(software.amazon.awssdk.services.bedrockruntime.model.Tool.fromToolSpec(
                        tool -> tool.name("rate_book").inputSchema(input -> input.json(schema))))
                .build();
    }

    private static software.amazon.awssdk.services.bedrockruntime.model.Message user(ContentBlock block) {
        return software.amazon.awssdk.services.bedrockruntime.model.Message.builder()
                .role(ConversationRole.USER)
                .content(block)
                .build();
    }

    private static void assertUsage(long input, long output) {
        OfficialSdks.assertUsage(server, input, output);
    }
}
