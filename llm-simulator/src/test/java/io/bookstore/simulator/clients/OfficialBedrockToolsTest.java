package io.bookstore.simulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.types.GenerateContentResponse;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import java.util.ArrayList;
import java.util.List;
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

/** AWS' own client calls a tool and gives its result back, streamed and not, with the usage of the journal. */
class OfficialBedrockToolsTest {

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    @AfterAll
    static void stop() {
        server.close();
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

    /** An answer of Bedrock: the input of its call, or its text. */
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
