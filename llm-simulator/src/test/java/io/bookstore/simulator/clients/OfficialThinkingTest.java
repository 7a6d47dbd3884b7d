package io.bookstore.simulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.fault.FaultRule;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;

/** The own clients of Anthropic and AWS read redacted thoughts and send them back. */
class OfficialThinkingTest {

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
    void anthropicsRedactedThought(boolean streaming) {
        server.behave(server.behaviour().withFaults(FaultRule.always("redacted-thinking")));
        var client = OfficialSdks.anthropic(server);
        MessageCreateParams.Builder params = MessageCreateParams.builder()
                .model("claude-opus-4-5")
                .maxTokens(2_000)
                .enabledThinking(1_024)
                .addUserMessage("Emma");

        Message first = OfficialSdks.message(client, params.build(), streaming);
        Message second = OfficialSdks.message(
                client, params.addMessage(first).addUserMessage("Go on").build(), streaming);

        List<ContentBlock> content = first.content();
        assertThat(content).hasSize(2);
        assertThat(content.get(0).asRedactedThinking().data()).startsWith("EmwKAhgBEgy");
        assertThat(content.get(1).asText().text()).endsWith(".");
        assertThat(first.usage().outputTokens()).isGreaterThan(100);
        assertThat(second.usage().inputTokens() - first.usage().inputTokens())
                .isGreaterThan(first.usage().outputTokens());
        OfficialSdks.assertUsage(
                server, second.usage().inputTokens(), second.usage().outputTokens());
    }

    @ParameterizedTest
    @ValueSource(strings = {"us.anthropic.claude-opus-4-5-20251101-v1:0"})
    void awssRedactedThought(String model) {
        server.behave(server.behaviour().withFaults(FaultRule.always("redacted-thinking")));
        ConverseRequest first = ConverseRequest.builder()
                .modelId(model)
                .messages(message -> message.role("user").content(text -> text.text("Emma")))
                .additionalModelRequestFields(Document.mapBuilder()
                        .putDocument(
                                "thinking",
                                Document.mapBuilder()
                                        .putString("type", "enabled")
                                        .putNumber("budget_tokens", 1_024)
                                        .build())
                        .build())
                .build();
        try (BedrockRuntimeAsyncClient client = BedrockRuntimeAsyncClient.builder()
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .endpointOverride(server.baseUrl())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build()) {
            ConverseResponse answer = client.converse(first).join();
            ConverseResponse next = client.converse(first.toBuilder()
                            .messages(
                                    first.messages().get(0),
                                    answer.output().message(),
                                    first.messages().get(0))
                            .build())
                    .join();

            SdkBytes redacted = answer.output()
                    .message()
                    .content()
                    .get(0)
                    .reasoningContent()
                    .redactedContent();
            assertThat(redacted.asByteArray()).hasSize(42);
            assertThat(next.usage().inputTokens())
                    .isGreaterThan(answer.usage().inputTokens() + answer.usage().outputTokens());
        }
    }
}
