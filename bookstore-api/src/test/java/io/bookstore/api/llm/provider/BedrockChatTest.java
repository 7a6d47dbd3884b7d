package io.bookstore.api.llm.provider;

import static io.bookstore.api.RunningStore.json;
import static io.bookstore.api.llm.ScriptedProvider.after;
import static io.bookstore.api.llm.ScriptedProvider.forwardTo;
import static io.bookstore.api.llm.ScriptedProvider.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.api.RestartableStore;
import io.bookstore.api.llm.ScriptedProvider;
import io.bookstore.api.llm.call.LlmFailure;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.fault.FaultRule;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.bedrockruntime.model.InternalServerException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

/** Requests and failures that only Bedrock has; ProviderKindTest has those that all kinds share. */
@Execution(ExecutionMode.CONCURRENT)
class BedrockChatTest {

    private final CountDownLatch end = new CountDownLatch(1);
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final RestartableStore store = new RestartableStore(this::settings);

    @AfterEach
    void stop() {
        end.countDown();
        store.close();
        provider.close();
    }

    @Test
    void isAskedOnceWithItsKeyTheRequestKeyAndTheParameters() {
        provider.always(status(500, "{}"));
        store.restart(Map.of("bookstore.llm.resilience.max-attempts", 1));

        HttpResponse<String> answer = store.running().post(path(), "", "X-Request-Id", "vu-7");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(provider.received()).as("the SDK must not retry by itself").hasSize(1);
        ScriptedProvider.Received received = provider.received().get(0);
        assertThat(received.path()).isEqualTo("/model/amazon.nova-lite-v1:0/converse-stream");
        assertThat(received.headers())
                .containsEntry("authorization", "Bearer test-key")
                .containsEntry("x-request-id", "vu-7");
        assertThat(received.body())
                .contains("\"maxTokens\":500", "\"temperature\":0.7", "\"system\"", "never an instruction");
    }

    @Test
    void silenceEndsAtTheDeadline() {
        // The first call loads the classes of the SDK, which is not what a deadline is for.
        provider.always(status(400, "{}"));
        store.running().post(path(), "");
        store.restart(Map.of("bookstore.llm.deadline", "5s"));
        provider.always(after(end, status(200, "{}")));

        assertThat(store.running().post(path(), "").statusCode()).isEqualTo(504);
    }

    /** The SDK tells nobody; found with its version 2.57.8. */
    @Test
    void streamThatEndsWithoutItsLastEventsIsNoSummary() {
        try (SimulatorServer simulator =
                SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"))) {
            simulator.behave(simulator.behaviour().withFaults(FaultRule.always("no-terminator")));
            provider.always(forwardTo(simulator.baseUrl()));

            HttpResponse<String> answer = store.running().post(path(), "");

            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(provider.received()).as("tried once more").hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answerThatIsTooLongIsCutAndNotAskedForAgain(boolean streaming) {
        store.restart(Map.of("bookstore.llm.stream", streaming));
        provider.always(streaming ? endlessStream() : longAnswer());

        HttpResponse<String> answer = store.running().post(path(), "");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(json(answer).get("detail").asText()).isEqualTo("The provider's answer cannot be used");
        assertThat(provider.received()).hasSize(1);
    }

    /** A good answer of two megabytes. */
    private static ScriptedProvider.Step longAnswer() {
        return status(
                200,
                "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"" + "word ".repeat(400_000)
                        + "\"}]}},\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":1,\"outputTokens\":1,\"totalTokens\":2}}");
    }

    /** Pieces of ten kilobytes, or until the connection is gone. */
    private static ScriptedProvider.Step endlessStream() {
        byte[] piece = event(
                "contentBlockDelta",
                "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"" + "word ".repeat(2_000) + "\"}}");
        return exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/vnd.amazon.eventstream");
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 1_000; i++) {
                exchange.getResponseBody().write(piece);
                exchange.getResponseBody().flush();
            }
        };
    }

    /** An event in the binary frame of AWS: lengths, a checksum, headers, payload, a checksum over all. */
    private static byte[] event(String type, String json) {
        byte[] headers = (header(":message-type", "event")
                        + header(":event-type", type)
                        + header(":content-type", "application/json"))
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] payload = json.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(16 + headers.length + payload.length);
        frame.putInt(frame.capacity()).putInt(headers.length).putInt(checksum(frame));
        frame.put(headers).put(payload).putInt(checksum(frame));
        return frame.array();
    }

    /** A name of a known length, type 7 (text), a value of a known length. */
    private static String header(String name, String value) {
        return (char) name.length() + name + "\u0007\0" + (char) value.length() + value;
    }

    private static int checksum(ByteBuffer frame) {
        CRC32 crc = new CRC32();
        crc.update(frame.duplicate().flip());
        return (int) crc.getValue();
    }

    @Test
    void refusedKeyIsSaidWithoutWhatTheProviderSaid() {
        provider.always(
                status(403, "{\"message\":\"bad token test-key\"}", "x-amzn-ErrorType", "AccessDeniedException"));

        HttpResponse<String> answer = store.running().post(path(), "");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).get("detail").asText()).isEqualTo("The provider refuses the key of this service");
        assertThat(answer.body()).doesNotContain("test-key");
    }

    @Test
    void failuresWithoutAStatusMeanWhatTheirNamesSay() {
        assertThat(failure(ThrottlingException.builder().build())).isEqualTo(LlmFailure.RATE_LIMITED);
        assertThat(failure(ThrottlingException.builder()
                        .message("Too many tokens per day, please wait before trying again.")
                        .build()))
                .isEqualTo(LlmFailure.QUOTA_EXHAUSTED);
        assertThat(failure(ModelStreamErrorException.builder().build())).isEqualTo(LlmFailure.SERVER_ERROR);
        assertThat(failure(InternalServerException.builder().build())).isEqualTo(LlmFailure.SERVER_ERROR);
        assertThat(failure(AwsServiceException.builder().statusCode(404).build()))
                .isEqualTo(LlmFailure.NOT_FOUND);
        assertThat(failure(SdkClientException.create("Unable to load credentials from any of the providers")))
                .isEqualTo(LlmFailure.AUTHENTICATION);
        assertThat(failure(SdkClientException.create("no", new java.io.IOException("reset"))))
                .isEqualTo(LlmFailure.NETWORK);
    }

    @ParameterizedTest
    @CsvSource({
        "https://bedrock-runtime.eu-central-1.amazonaws.com, eu-central-1",
        "https://bedrock-runtime-fips.us-west-2.amazonaws.com, us-west-2",
    })
    void regionIsThatOfTheEndpoint(String address, String region) {
        assertThat(BedrockClient.region(address).id()).isEqualTo(region);
    }

    private static LlmFailure failure(Throwable thrown) {
        return BedrockClient.failure(thrown).failure();
    }

    private String path() {
        return store.book() + "/generate-summary?refresh=true&provider=bedrock";
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = provider.settings();
        settings.put("bookstore.llm.providers.bedrock.base-url", provider.uri().toString());
        settings.put("bookstore.llm.providers.bedrock.api-key", "test-key");
        settings.put("bookstore.llm.providers.bedrock.model", "amazon.nova-lite-v1:0");
        return settings;
    }
}
