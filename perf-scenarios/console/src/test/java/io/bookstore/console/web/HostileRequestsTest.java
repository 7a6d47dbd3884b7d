package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.bookstore.perf.otlp.OtlpEndpoint;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Foreign, broken and hostile requests get a status and a sentence, and the console goes on. */
class HostileRequestsTest {

    private static final Pattern contentLength = Pattern.compile("(?i)content-length: (\\d+)");

    @RegisterExtension
    static final TestConsole console = new TestConsole();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text/plain             | spans                                      | 415 | Spans are taken as application/x-protobuf or application/json, not as text/plain.
            application/x-protobuf | no protobuf                                | 400 | The body is no export of spans:
            application/json       | no JSON                                    | 400 | The body is no export of spans: Unrecognized token
            application/json       | {'resourceSpans':[{'scopeSpans':[{'spans':[{'traceId':'0af7','spanId':'b7ad6b7169203331'}]}]}]} | 400 | A trace id must have 16 bytes, has 2
            application/json       | {'resourceSpans':[{'scopeSpans':[{'spans':[{'traceId':'0af7651916cd43dd8448eb211c80319c'}]}]}]} | 400 | A span id must have 8 bytes, has 0
            """)
    void bodyThatIsNoExport(String type, String body, int status, String sentence) throws Exception {
        HttpResponse<String> refused = console.post("/v1/traces", type, bytes(body.replace('\'', '"')));

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.body()).contains(sentence);
        assertTakesSpans();
    }

    @Test
    void bombOfZeros() throws Exception {
        byte[] bomb = zipped(new byte[OtlpEndpoint.MOST_BYTES + 1]);
        assertThat(bomb).hasSizeLessThan(100_000);

        HttpResponse<String> refused =
                console.post("/v1/traces", "application/x-protobuf", bomb, "Content-Encoding", "gzip");

        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains("An export has at most 16777216 bytes, unpacked.");
        assertTakesSpans();
    }

    /** Two bytes for each empty span, and for each empty object: unpacked they would fill the heap. */
    @Test
    void bombsOfEmptySpans() throws Exception {
        byte[] spans = "\u0012\u0000".repeat(1_100_000).getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        CodedOutputStream message = CodedOutputStream.newInstance(export);
        message.writeTag(1, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        message.writeUInt32NoTag(spans.length + 1 + CodedOutputStream.computeUInt32SizeNoTag(spans.length));
        message.writeByteArray(2, spans);
        message.flush();

        HttpResponse<String> protobuf = console.post("/v1/traces", "application/x-protobuf", export.toByteArray());
        HttpResponse<String> json =
                console.post("/v1/traces", "application/json", bytes("[" + "{},".repeat(600_000) + "{}]"));

        assertThat(protobuf.statusCode()).isEqualTo(413);
        assertThat(protobuf.body()).contains("An export has at most 1000000 fields.");
        assertThat(json.statusCode()).isEqualTo(413);
        assertThat(json.body()).contains("An export has at most 500000 objects, arrays and values.");
        assertTakesSpans();
    }

    @ParameterizedTest
    @CsvSource({"gzip, 400, The body is no export of spans: Not in GZIP format", "br, 415, not with br."})
    void bodyThatIsNotPackedAsItSays(String encoding, int status, String sentence) throws Exception {
        HttpResponse<String> refused =
                console.post("/v1/traces", "application/x-protobuf", bytes("spans"), "Content-Encoding", encoding);

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.body()).contains(sentence);
    }

    @Test
    void nestingThatWouldFillTheStack() throws Exception {
        String value = "{\"arrayValue\":{\"values\":[".repeat(5_000);
        String body = "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"a\",\"value\":" + value;

        HttpResponse<String> refused = console.post("/v1/traces", "application/json", bytes(body));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("nesting depth");
    }

    @Test
    void hundredMegabytesAreRefusedBeforeTheyAreSent() throws IOException {
        try (Socket socket =
                send("POST /v1/traces", host(), "Content-Type: application/x-protobuf", "Content-Length: 104857600")) {
            assertThat(socket.getInputStream().readNBytes(13)).asString().isEqualTo("HTTP/1.1 413 ");
        }
    }

    @Test
    void exportBeyondThoseThatAreBeingReadIsSentBackForLater() throws Exception {
        // given
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < OtlpEndpoint.MOST_EXPORTS; i++) {
                slow.add(send("POST /v1/traces", host(), "Content-Type: application/x-protobuf", "Content-Length: 10"));
            }

            // when
            HttpResponse<String> answer = console.post("/v1/traces", "application/x-protobuf", new byte[0]);
            while (answer.statusCode() == 200) {
                // One of the slow ones has not been accepted yet.
                answer = console.post("/v1/traces", "application/x-protobuf", new byte[0]);
            }

            // then
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"/", "/api/calls", "/api/runs/events", "/reports/index.html", "/v1/traces"})
    void nameThatWasBoundToThisMachine(String path) throws IOException {
        assertThat(raw("GET " + path, "Host: evil.example:" + console.port()))
                .startsWith("HTTP/1.1 403 ")
                .contains("The console answers to its own address only, not to the host evil.example:");
    }

    @ParameterizedTest
    @CsvSource({"/api/calls", "/api/events", "/api/runs", "/v1/traces"})
    void pageOfAnotherOrigin(String path) throws IOException {
        assertThat(raw("GET " + path, host(), "Origin: http://evil.example"))
                .startsWith("HTTP/1.1 403 ")
                .contains("The console answers to its own page only, not to one of http://evil.example.");
    }

    @Test
    void ownOriginUnderAnyNameOfLoopbackIsWelcome() throws IOException {
        String localhost = "localhost:" + console.port();

        assertThat(raw("GET /api/status", "Host: " + localhost, "Origin: http://" + localhost))
                .startsWith("HTTP/1.1 200 ");
    }

    /** A foreign request that is let in gets a stream that never ends, so {@code raw} must not read to its end. */
    @ParameterizedTest
    @CsvSource({"/api/events", "/api/runs/events"})
    void eventsForTheOwnPageAreReadToTheirHead(String path) throws IOException {
        assertThat(raw("GET " + path, host())).startsWith("HTTP/1.1 200 ").contains("text/event-stream");
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE /api/calls, 405, 'Allow: GET, HEAD'",
        "POST /, 405, 'Allow: GET, HEAD'",
        "POST /api/events, 405, 'Allow: GET, HEAD'",
        "GET /v1/traces, 405, Allow: POST",
        "GET /v1/logs, 405, Allow: POST",
        "GET /../pom.xml, 404, The console has no page",
        "GET /api/other, 404, The API has no /api/other; /api/openapi.json describes it.",
        "DELETE /api/runs, 405, 'Allow: GET, HEAD, POST'",
        "GET /api/runs/x/cancel, 405, Allow: POST",
        "POST /api/scenarios, 405, 'Allow: GET, HEAD'",
        "GET /reports/../pom.xml, 404, There is no report",
        "GET /reports/%2e%2e/pom.xml, 404, There is no report",
        "HEAD /, 200, Content-type: text/html"
    })
    void otherMethodsAndPaths(String request, int status, String text) throws IOException {
        assertThat(raw(request, host())).startsWith("HTTP/1.1 " + status + " ").contains(text);
    }

    @Test
    void everyAnswerKeepsForeignContentOut() throws Exception {
        for (String path : List.of("/", "/api/status", "/api/nothing")) {
            assertThat(console.get(path)
                            .headers()
                            .firstValue("Content-Security-Policy")
                            .orElse(""))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(console.get(path).headers().firstValue("X-Content-Type-Options"))
                    .hasValue("nosniff");
        }
    }

    @Test
    void pageOfAnotherOriginStartsNoRun() throws IOException {
        assertThat(raw("POST /api/runs", host(), "Origin: http://evil.example", "Content-Type: application/json"))
                .startsWith("HTTP/1.1 403 ");
    }

    private static void assertTakesSpans() throws Exception {
        String trace = console.send("good", Attributes.of(AttributeKey.stringKey("gen_ai.operation.name"), "chat"));
        assertThat(console.get("/api/traces/" + trace).statusCode()).isEqualTo(200);
    }

    private static String host() {
        return "Host: 127.0.0.1:" + console.port();
    }

    /**
     * Sends headers that the JDK's client does not let through, and reads the head of the answer and the body whose length it tells.
     * Events that go on for ever tell none.
     */
    private static String raw(String request, String... headers) throws IOException {
        List<String> closing = new ArrayList<>(List.of(headers));
        closing.add("Connection: close");
        try (Socket socket = send(request, closing.toArray(String[]::new))) {
            InputStream answer = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            for (int next = answer.read(); next >= 0; next = answer.read()) {
                head.append((char) next);
                if (head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
                    break;
                }
            }
            Matcher length = contentLength.matcher(head);
            byte[] body = answer.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
            return head + new String(body, StandardCharsets.UTF_8);
        }
    }

    private static Socket send(String request, String... headers) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), console.port());
        socket.getOutputStream().write(bytes(request + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n"));
        return socket;
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(bytes);
        }
        return zipped.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
