package io.bookstore.simulator.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.eventstream.HeaderValue;
import software.amazon.awssdk.eventstream.Message;
import software.amazon.awssdk.eventstream.MessageDecoder;

class BedrockFormatTest {

    private static final String MODEL = "/model/anthropic.claude-3-haiku-20240307-v1%3A0/";

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final RawHttp http = new RawHttp(server.baseUrl());

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void framesAreThoseOfAwssOwnDecoder() {
        List<Message> messages =
                decoded(EventStream.event("contentBlockDelta", "{\"delta\":{\"text\":\"\u201cZo\u00eb\u201d\"}}")
                        + EventStream.exception("throttlingException", "{\"message\":\"Slow down\"}"));

        assertThat(messages).hasSize(2);
        assertThat(header(messages.get(0), ":message-type")).isEqualTo("event");
        assertThat(header(messages.get(0), ":event-type")).isEqualTo("contentBlockDelta");
        assertThat(new String(messages.get(0).getPayload(), StandardCharsets.UTF_8))
                .contains("\u201cZo\u00eb\u201d");
        assertThat(header(messages.get(1), ":message-type")).isEqualTo("exception");
        assertThat(header(messages.get(1), ":exception-type")).isEqualTo("throttlingException");
    }

    @Test
    void documentHasMetricsAndUsage() throws Exception {
        String answer = http.post(MODEL + "converse", request("\"maxTokens\":5"));

        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").containsPattern("x-amzn-requestid: [0-9a-f-]{36}\r\n");
        assertThat(RawHttp.body(answer))
                .matches("\\{\"metrics\":\\{\"latencyMs\":0},\"output\":\\{\"message\":\\{\"content\":\\[\\{\"text\":"
                        + "\"[^\"]+\"}],\"role\":\"assistant\"}},\"stopReason\":\"max_tokens\",\"usage\":\\{"
                        + "\"cacheReadInputTokens\":0,\"cacheWriteInputTokens\":0,\"inputTokens\":15,\"outputTokens\":5,"
                        + "\"totalTokens\":20}}");
    }

    @Test
    void throttlingNamesItsExceptionAndNoTimeToWait() throws Exception {
        String answer = http.post(MODEL + "converse", request("\"maxTokens\":5"), "x-simulator-fault: 429:7");

        assertThat(answer)
                .startsWith("HTTP/1.1 429 ")
                .contains("x-amzn-errortype: ThrottlingException\r\n")
                .doesNotContain("retry-after");
        assertThat(server.journal().attempts())
                .last()
                .satisfies(
                        attempt -> assertThat(attempt.result().retryAfterMs()).isNull());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nemo                    | {"messages":[{"role":"user","content":[{"text":"x"}]}]} | The provided model identifier is invalid.
            %zz                     | {"messages":[{"role":"user","content":[{"text":"x"}]}]} | The provided model identifier is invalid.
            amazon.nova-lite-v1%3A0 | {}                                                      | 1 validation error detected: Value null at 'messages' failed to satisfy constraint: Member must not be null
            amazon.nova-lite-v1%3A0 | {"messages":[]}                                         | A conversation must start with a user message. Try again with a conversation that starts with a user message.
            amazon.nova-lite-v1%3A0 | {"messages":[{"role":"user"}]}                          | The content field in the Message object at messages.0 is empty. Add a ContentBlock object to the content field and try again.
            amazon.nova-lite-v1%3A0 | {"inferenceConfig":{"maxTokens":0}}                     | 1 validation error detected: Value '0' at 'inferenceConfig.maxTokens' failed to satisfy constraint: Member must have value greater than or equal to 1
            amazon.nova-lite-v1%3A0 | {"inferenceConfig":{"maxTokens":64001}}                 | The maximum tokens you requested exceeds the model limit of 64000. Try again with a maximum tokens value that is lower than 64000.
            """)
    void badRequestGetsBedrocksWords(String model, String body, String message) throws Exception {
        String answer = http.post("/model/" + model + "/converse", body);

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("x-amzn-errortype: ValidationException\r\n");
        assertThat(new ObjectMapper()
                        .readTree(RawHttp.body(answer))
                        .path("message")
                        .asText())
                .isEqualTo(message);
    }

    private static String header(Message message, String name) {
        HeaderValue value = message.getHeaders().get(name);
        return Objects.requireNonNull(value, name).getString();
    }

    private static List<Message> decoded(String frames) {
        List<Message> messages = new ArrayList<>();
        new MessageDecoder(messages::add).feed(ByteBuffer.wrap(frames.getBytes(StandardCharsets.ISO_8859_1)));
        return messages;
    }

    private static String request(String config) {
        return "{\"inferenceConfig\":{" + config
                + "},\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Summarize \\\"Emma\\\" by Jane Austen\"}]}]}";
    }
}
