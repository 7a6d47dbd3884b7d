package io.bookstore.simulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.journal.Journal;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.simulation.Behaviour;
import io.bookstore.simulator.simulation.Simulation;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies as long as each provider takes them, and no more of them at a time than the simulator has memory for. */
class BodyLimitsTest {

    private static final int HELD = 40 << 20;
    private static final String PICTURE =
            "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"\"}}";

    private final Simulation simulation = new Simulation(
            Behaviour.defaults().withProfile(Profiles.named("zero")), new Journal(100), Clock.systemUTC());
    private final HttpServer server = HttpServer.start(
            "127.0.0.1", 0, new ConnectionLimits(Integer.MAX_VALUE, HELD, Duration.ofMinutes(2), 16, 3), simulation);
    private final RawHttp http =
            new RawHttp(URI.create("http://127.0.0.1:" + server.address().getPort()));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void bodyOfThirtyMegabytesIsReadByAnthropic() throws Exception {
        assertThat(postPicture(30 << 20)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void compressedBodyMayBecomeAsLong() throws Exception {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            writePicture(30 << 20, out);
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(new String(RawHttp.request("POST", "/v1/messages", "", "content-encoding: gzip"), UTF_8)
                .replace("content-length: 0", "content-length: " + compressed.size())
                .getBytes(UTF_8));
        request.write(compressed.toByteArray());

        assertThat(http.exchange(request.toByteArray())).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/messages                                   | 33554432 | request_too_large
            /v1/messages/count_tokens                      | 33554432 | request_too_large
            /v1/chat/completions                           | 41943040 | invalid_request_error
            /v1beta/models/gemini-2.5-flash:generateContent | 41943040 | INVALID_ARGUMENT
            /model/anthropic.claude-3-haiku/converse       | 20971520 | Request exceeds
            /api/chat                                      | 41943040 | Request exceeds
            /v1/nothing                                    | 1048576  | request_too_large
            """)
    void longerBodyGets413InTheProvidersWordsBeforeItArrives(String path, int most, String words) throws Exception {
        String answer = http.exchange(head(path, "content-length: " + (most + 1)));

        assertThat(answer)
                .startsWith("HTTP/1.1 413 ")
                .contains(words, "Request exceeds the maximum size of " + most + " bytes");
    }

    @Test
    void clientThatAsksFirstNeedNotSendABodyThatIsTooLong() throws Exception {
        assertThat(http.exchange(head("/v1/messages", "expect: 100-continue\r\ncontent-length: 33554433")))
                .startsWith("HTTP/1.1 413 ");
    }

    @Test
    void clientThatSendsToTheEndFirstReadsTheRefusal() throws Exception {
        assertThat(postPicture(33 << 20)).startsWith("HTTP/1.1 413 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-length: 31457280", "transfer-encoding: chunked"})
    void bodyForWhichThereIsNoRoomGets503UntilThereIs(String length) throws Exception {
        try (Socket unfinished = http.open()) {
            unfinished.getOutputStream().write(head("/v1/messages", length));
            if (length.startsWith("transfer")) {
                unfinished.getOutputStream().write((Integer.toHexString(30 << 20) + "\r\n").getBytes(UTF_8));
            }
            fill(' ', (30 << 20) - 1, unfinished.getOutputStream());

            await("a body beside the other that is refused")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> postPicture(20 << 20).contains("Request bodies of 41,943,040 bytes are under way"));
            assertThat(postPicture(5 << 20))
                    .as("a body that fits beside the other")
                    .startsWith("HTTP/1.1 200 ");
        }
        await("room after the other has left")
                .atMost(Duration.ofMinutes(2))
                .until(() -> postPicture(30 << 20).startsWith("HTTP/1.1 200 "));
    }

    @Test
    void refusedBodyIsInTheJournal() throws Exception {
        http.exchange(head("/v1/messages", "content-length: 33554433"));

        assertThat(simulation.journal().attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.result().status()).isEqualTo(413));
    }

    @Test
    void moreThanSixteenMegabytesOfTextAreRefused() throws Exception {
        String prompt = "word ".repeat((17 << 20) / 5);
        assertThat(http.post("/v1/messages", body("{\"type\":\"text\",\"text\":\"" + prompt + "\"}")))
                .startsWith("HTTP/1.1 413 ")
                .contains("Request has more than 16777216 bytes besides its pictures and files");
    }

    private static byte[] head(String path, String headers) throws IOException {
        return ("POST " + path + " HTTP/1.1\r\nhost: simulator\r\nauthorization: Bearer any\r\nx-api-key: any\r\n"
                        + "x-goog-api-key: any\r\nanthropic-version: 2023-06-01\r\n" + headers + "\r\n\r\n")
                .getBytes(UTF_8);
    }

    /** Posts a message with a picture of so many bytes, which is nowhere in memory as a whole on this side. */
    private String postPicture(int bytes) throws IOException {
        int length = body(PICTURE).length() + bytes;
        try (Socket socket = http.open()) {
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            out.write(head("/v1/messages", "connection: close\r\ncontent-length: " + length));
            writePicture(bytes, out);
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static void writePicture(int bytes, OutputStream out) throws IOException {
        String body = body(PICTURE);
        int at = body.indexOf("\"}}");
        out.write(body.substring(0, at).getBytes(UTF_8));
        fill('A', bytes, out);
        out.write(body.substring(at).getBytes(UTF_8));
    }

    private static void fill(char with, int bytes, OutputStream out) throws IOException {
        byte[] block = new byte[1 << 16];
        Arrays.fill(block, (byte) with);
        for (int left = bytes; left > 0; left -= block.length) {
            out.write(block, 0, Math.min(left, block.length));
        }
    }

    private static String body(String block) {
        return "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":20,\"messages\":[{\"role\":\"user\",\"content\":["
                + block + "]}]}";
    }
}
