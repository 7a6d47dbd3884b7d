package io.bookstore.simulator;

import static io.bookstore.simulator.MessagesRequest.asked;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.Attempt.Outcome;
import io.bookstore.simulator.verdict.Verdict;
import io.bookstore.simulator.wire.Operation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of requests that are too long, compressed, or more than a document. */
class RequestBodiesTest {

    // Time stands still: no bucket is refilled. The steps of an answer take their time all the same.
    private final SimulatorServer server = SimulatorServer.start(
            SimulatorConfig.defaults().withPort(0).withProfile("zero").withMaxBodyBytes(10_000), new HandClock());
    private final RawHttp http = new RawHttp(server.baseUrl());

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "{}", " ]"})
    void whatFollowsTheDocumentIsRefused(String rest) throws Exception {
        String answer = http.post("/v1/messages", asked("\"stream\":false") + rest);

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains("\"type\":\"invalid_request_error\"", "The request body is not valid JSON: ");
    }

    @Test
    void spaceMayFollowTheDocument() throws Exception {
        assertThat(http.post("/v1/messages", asked("\"stream\":false") + "\r\n \t\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"purpose\":\"user_data\",\"file\":{\"content\":\"no base64!\"}}",
                "{\"purpose\":\"user_data\",\"file\":\"a.txt\"}",
                "{\"purpose\":\"user_data\"}"
            })
    void uploadWithoutTheBytesOfAFormIsRefused(String body) throws Exception {
        assertThat(http.postToOpenAi("/v1/files", body, "content-type: application/json"))
                .startsWith("HTTP/1.1 400 ")
                .contains("Missing required parameter: 'file'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"expires_after expires_after[seconds]", "expires_after[seconds] expires_after"})
    void fieldOfAFormThatIsAValueAndAnObjectIsRefused(String names) throws Exception {
        StringBuilder form = new StringBuilder(
                "--x\r\nContent-Disposition: form-data; name=\"file\";" + " filename=\"a.txt\"\r\n\r\nEmma\r\n");
        for (String name : ("purpose " + names).split(" ")) {
            form.append("--x\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\nuser_data\r\n");
        }

        assertThat(http.postToOpenAi("/v1/files", form + "--x--\r\n", "content-type: multipart/form-data; boundary=x"))
                .startsWith("HTTP/1.1 400 ")
                .contains("Supported values are: 'created_at'.");
    }

    @Test
    void oversizedRequestIsWrittenDownSoThatItsSenderCanBeJudged() throws Exception {
        for (int i = 0; i < 2; i++) {
            http.post("/v1/messages", "x".repeat(20_000), "x-request-id: call-1");
        }

        assertThat(server.journal().attempts()).hasSize(2).allSatisfy(attempt -> {
            assertThat(attempt.key().requestKey()).isEqualTo("call-1");
            assertThat(attempt.asked()).isEqualTo(new Attempt.Asked("anthropic", Operation.CHAT, null, false));
            assertThat(attempt.result().status()).isEqualTo(413);
            assertThat(attempt.result().outcome()).isEqualTo(Outcome.REFUSED);
        });
        assertThat(server.verdicts().get(0).verdicts())
                .filteredOn(verdict -> !verdict.good())
                .extracting(Verdict::name)
                .containsExactly("refusal-not-retried");
    }

    @Test
    void oversizedRequestWithoutAKeyOfItsOwnIsKnownByItsLength() throws Exception {
        http.post("/v1/messages", "x".repeat(20_000));
        http.post("/v1/messages", "y".repeat(20_000));
        http.post("/v1/messages", "y".repeat(20_001));
        http.post("/v1/models", "y".repeat(20_001));

        assertThat(server.journal().attempts().stream().map(Attempt::key).map(Attempt.Key::attempt))
                .containsExactly(1, 2, 1);
    }

    @Test
    void compressedBodyIsRead() throws Exception {
        String plain = http.post("/v1/messages", asked("\"stream\":false"));
        String compressed = exchange(gzip(asked("\"stream\":false").getBytes(StandardCharsets.UTF_8)));

        assertThat(compressed).startsWith("HTTP/1.1 200 ");
        assertThat(RawHttp.body(compressed)).contains("\"input_tokens\":");
        assertThat(plain).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void compressedBodyIsBoundedByWhatItBecomes() throws Exception {
        byte[] bomb = gzip(new byte[1_000_000]);

        assertThat(bomb.length).isLessThan(10_000);
        assertThat(exchange(bomb)).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void bodyThatIsNotCompressedAsItSaysIsRefused() throws Exception {
        assertThat(exchange("this is no gzip at all".getBytes(StandardCharsets.UTF_8)))
                .startsWith("HTTP/1.1 400 ")
                .contains("The body is not what its Content-Encoding says");
    }

    private String exchange(byte[] compressed) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        String head = new String(
                RawHttp.request("POST", "/v1/messages", "", "content-encoding: gzip"), StandardCharsets.UTF_8);
        request.write(head.replace("content-length: 0", "content-length: " + compressed.length)
                .getBytes(StandardCharsets.UTF_8));
        request.write(compressed);
        return http.exchange(request.toByteArray());
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        }
        return compressed.toByteArray();
    }

    @Test
    void oversizedBodyIsRefusedInTheProvidersWords() throws Exception {
        String answer = http.post("/v1/messages", "x".repeat(1_000_000));

        assertThat(answer)
                .startsWith("HTTP/1.1 413 ")
                .contains("\"type\":\"request_too_large\"", "Request exceeds the maximum size of 10000 bytes");
    }
}
