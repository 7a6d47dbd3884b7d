package io.bookstore.simulator.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.fault.FaultRule;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.wire.Operation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceUnavailableException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** InvokeModel with the body of Anthropic's messages, as AWS's own clients send and read it. */
class BedrockInvokeTest {

    private static final String MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"title\":{\"type\":\"string\"}},\"required\":[\"title\"],"
                    + "\"additionalProperties\":false}";
    private static final String TOOL = "{\"name\":\"find_book\",\"input_schema\":" + SCHEMA + "}";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper json = new ObjectMapper();
    private static final StaticCredentialsProvider credentials =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any"));

    private final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private final BedrockRuntimeClient client = BedrockRuntimeClient.builder()
            .httpClientBuilder(BedrockClient.patient())
            .endpointOverride(server.baseUrl())
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void documentIsAnthropicsMessage() throws Exception {
        JsonNode message = json.readTree(invoke(MODEL, body(20)));

        assertThat(message.path("type").asText()).isEqualTo("message");
        assertThat(message.path("content").get(0).path("text").asText()).contains("Emma");
        assertThat(message.path("stop_reason").asText()).isEqualTo("max_tokens");
        assertThat(message.path("usage").path("output_tokens").asInt()).isEqualTo(20);
        assertThat(server.journal().attempts().get(0).asked())
                .isEqualTo(new Attempt.Asked("bedrock", Operation.CHAT, MODEL, false));
    }

    @Test
    void streamIsAnthropicsEventsInChunksAndEndsWithBedrocksMetrics() throws Exception {
        List<JsonNode> events = stream(body(20));

        assertThat(events.get(0).path("type").asText()).isEqualTo("message_start");
        assertThat(events).extracting(event -> event.path("type").asText()).doesNotContain("ping");
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(event.path("delta").path("text").asText("")));
        assertThat(text.toString()).contains("Emma");
        JsonNode last = events.get(events.size() - 1);
        assertThat(last.path("type").asText()).isEqualTo("message_stop");
        assertThat(last.path("amazon-bedrock-invocationMetrics")
                        .path("outputTokenCount")
                        .asInt())
                .isEqualTo(20);
        assertThat(last.path("amazon-bedrock-invocationMetrics")
                        .path("inputTokenCount")
                        .asInt())
                .isPositive();
    }

    @Test
    void toolIsCalledByBothOperations() throws Exception {
        String body = body(200).replace("\"messages\"", "\"tools\":[" + TOOL + "],\"messages\"");

        JsonNode called = json.readTree(invoke(MODEL, body)).path("content").get(0);
        List<JsonNode> events = stream(body);

        assertThat(called.path("name").asText()).isEqualTo("find_book");
        assertThat(called.path("input").path("title").isTextual()).isTrue();
        assertThat(events)
                .extracting(event -> event.at("/content_block/name").asText())
                .contains("find_book");
        assertThat(events)
                .extracting(event -> event.at("/delta/stop_reason").asText())
                .contains("tool_use");
    }

    @Test
    void documentObeysTheSchemaOfTheBody() throws Exception {
        String body = body(200)
                .replace(
                        "\"messages\"",
                        "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":" + SCHEMA
                                + "}},\"messages\"");

        String text = json.readTree(invoke(MODEL, body)).at("/content/0/text").asText();

        assertThat(json.readTree(text).path("title").isTextual()).isTrue();
    }

    @Test
    void errorInsideAStreamIsAwssOwnException() {
        server.behave(server.behaviour().withFaults(FaultRule.always("error-event:1")));

        assertThatThrownBy(() -> stream(body(20))).isInstanceOf(ServiceUnavailableException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "max_tokens":20                                                              | required key [anthropic_version] not found
            "anthropic_version":"bedrock-2023-05-31","max_tokens":20,"model":"claude-3"  | extraneous key [model] is not permitted
            "anthropic_version":"bedrock-2023-05-31","max_tokens":20,"stream":true       | extraneous key [stream] is not permitted
            "anthropic_version":"bedrock-2023-05-31","max_tokens":20,"wizard":1          | wizard: Extra inputs are not permitted
            "anthropic_version":"bedrock-2023-05-31"                                     | max_tokens: Field required
            """)
    void malformedBodyIsAValidationException(String fields, String words) {
        String body = "{" + fields + ",\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}";

        assertThatThrownBy(() -> invoke(MODEL, body))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining(words);
    }

    @Test
    void modelOfAnotherShapeIsRefusedClearly() {
        assertThatThrownBy(() -> invoke("meta.llama3-8b-instruct-v1:0", "{\"prompt\":\"Emma\"}"))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("not meta.llama3-8b-instruct-v1:0: use converse for it");
    }

    @Test
    void countOfTokensIsTheUsageOfBothOperations() throws Exception {
        int counted = client.countTokens(request -> request.modelId(MODEL)
                        .input(input -> input.invokeModel(model -> model.body(SdkBytes.fromUtf8String(body(20))))))
                .inputTokens();
        int billed = json.readTree(invoke(MODEL, body(20)))
                .path("usage")
                .path("input_tokens")
                .asInt();
        Message message = Message.builder()
                .role(ConversationRole.USER)
                .content(ContentBlock.fromText("Summarize \"Emma\" by Jane Austen"))
                .build();
        int countedOfConverse = client.countTokens(
                        request -> request.modelId(MODEL).input(input -> input.converse(c -> c.messages(message))))
                .inputTokens();
        int billedOfConverse = client.converse(request -> request.modelId(MODEL).messages(message))
                .usage()
                .inputTokens();

        assertThat(counted).isEqualTo(billed).isPositive();
        assertThat(countedOfConverse).isEqualTo(billedOfConverse).isPositive();
        assertThat(server.journal().attempts().get(0).asked().operation()).isEqualTo(Operation.COUNT_TOKENS);
    }

    private String invoke(String model, String body) {
        return client.invokeModel(request -> request.modelId(model).body(SdkBytes.fromUtf8String(body)))
                .body()
                .asUtf8String();
    }

    private List<JsonNode> stream(String body) throws IOException {
        List<String> received = new ArrayList<>();
        try (BedrockRuntimeAsyncClient streaming = BedrockRuntimeAsyncClient.builder()
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .connectionTimeout(PATIENCE)
                        .connectionAcquisitionTimeout(PATIENCE)
                        .readTimeout(PATIENCE))
                .endpointOverride(server.baseUrl())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build()) {
            streaming
                    .invokeModelWithResponseStream(
                            request -> request.modelId(MODEL).body(SdkBytes.fromUtf8String(body)),
                            InvokeModelWithResponseStreamResponseHandler.builder()
                                    .subscriber(InvokeModelWithResponseStreamResponseHandler.Visitor.builder()
                                            .onChunk(part ->
                                                    received.add(part.bytes().asUtf8String()))
                                            .build())
                                    .build())
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        List<JsonNode> events = new ArrayList<>();
        for (String each : received) {
            events.add(json.readTree(each));
        }
        return events;
    }

    private static String body(int maxTokens) {
        return "{\"anthropic_version\":\"bedrock-2023-05-31\",\"max_tokens\":" + maxTokens
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Summarize \\\"Emma\\\" by Jane Austen\"}]}";
    }
}
