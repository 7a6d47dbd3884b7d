package io.bookstore.simulator.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.proxy.ProxyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The upstream of these tests answers with everything that it was sent: head, query and body. */
class SecretsTest {

    private static final Pattern marked = Pattern.compile("MARKED[0-9]{5}x");

    @TempDir
    private Path folder;

    private final Set<String> arrived = ConcurrentHashMap.newKeySet();
    private @Nullable HttpServer echo;

    @AfterEach
    void stop() {
        if (echo != null) {
            echo.stop(0);
        }
    }

    @Test
    void noneOfAThousandMarkedSecretsIsWritten() throws Exception {
        Path cassette = folder.resolve("calls.jsonl");
        List<String> answers = new ArrayList<>();

        try (CassetteWriter writer = new CassetteWriter(cassette, sentence -> {});
                ProxyServer proxy = ProxyServer.start("127.0.0.1", 0, echo(), writer)) {
            RawHttp http = new RawHttp(URI.create(RecordCommand.baseUrl(proxy.address())));
            for (int call = 0; call < 50; call++) {
                answers.add(RawHttp.body(http.exchange(request(call))));
            }
        }

        assertThat(arrived).as("passed on to the provider").hasSize(1_000);
        assertThat(String.join("", answers)).as("passed back to the client").contains("MARKED00000x", "MARKED00999x");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).doesNotContain("MARKED").contains("Summarize Emma");
            }
        }
        assertThat(Files.readAllLines(cassette)).hasSize(50);
    }

    private static byte[] request(int call) {
        int[] next = {call * 20};
        Supplier<String> secret = () -> String.format("MARKED%05dx", next[0]++);
        String body = "{\"model\":\"m\",\"api_key\":\"" + secret.get() + "\",\"messages\":[{\"role\":\"user\","
                + "\"content\":\"Summarize Emma, my key is sk-proj-" + secret.get()
                + "\"}],\"tools\":[{\"type\":\"mcp\","
                + "\"server_url\":\"https://tools.example/?api_key=" + secret.get() + "\",\"authorization\":\""
                + secret.get() + "\",\"headers\":{\"X-Any\":\"" + secret.get()
                + "\"}}],\"config\":{\"client_secret\":\""
                + secret.get() + "\",\"credentials\":{\"user\":\"" + secret.get() + "\",\"list\":[\"" + secret.get()
                + "\"]},\"db\":{\"password\":\"" + secret.get() + "\"}},\"authorization_token\":\"" + secret.get()
                + "\",\"apiKey\":\"" + secret.get() + "\"}";
        String query = "?key=" + secret.get() + "&alt=sse&X-Amz-Signature=" + secret.get();
        return RawHttp.requestWithoutKey(
                "POST",
                "/v1/chat/completions" + query,
                body,
                "authorization: Bearer " + secret.get(),
                "x-api-key: " + secret.get(),
                "api-key: " + secret.get(),
                "x-goog-api-key: " + secret.get(),
                "cookie: session=" + secret.get() + "; theme=dark",
                "x-amz-security-token: " + secret.get(),
                "x-forwarded-authorization: AWS4-HMAC-SHA256 Credential=AKIA/20260101, SignedHeaders=host, Signature="
                        + secret.get());
    }

    /** An upstream that answers in parts of 7 bytes, so that secrets lie across chunks. */
    private URI echo() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        echo = server;
        server.createContext("/", exchange -> {
            StringBuilder all = new StringBuilder(exchange.getRequestURI().toString());
            exchange.getRequestHeaders()
                    .forEach((name, values) -> all.append('\n').append(name).append(values));
            all.append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            marked.matcher(all).results().forEach(match -> arrived.add(match.group()));
            byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("set-cookie", "session=MARKED99999x");
            exchange.sendResponseHeaders(200, 0);
            for (int at = 0; at < bytes.length; at += 7) {
                exchange.getResponseBody().write(bytes, at, Math.min(7, bytes.length - at));
                exchange.getResponseBody().flush();
            }
            exchange.close();
        });
        server.start();
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Test
    void bodyWithoutJsonIsKnownByItsHashAlone() throws Exception {
        Path cassette = folder.resolve("calls.jsonl");

        try (CassetteWriter writer = new CassetteWriter(cassette, sentence -> {});
                ProxyServer proxy = ProxyServer.start("127.0.0.1", 0, echo(), writer)) {
            RawHttp http = new RawHttp(URI.create(RecordCommand.baseUrl(proxy.address())));
            http.post("/v1/files", "form MARKED00001x");
        }

        assertThat(Cassette.read(List.of(cassette)).lines()).singleElement().satisfies(line -> {
            assertThat(line.request().sha256()).hasSize(64);
            assertThat(line.request().body().isMissingNode()).isTrue();
        });
    }

    @Test
    void fieldThatASchemaDescribesKeepsItsDescription() {
        RequestForm form = RequestForm.of(
                "POST",
                "/v1/messages",
                "",
                "{\"properties\":{\"password\":{\"type\":\"string\"}},\"password\":\"hunter2hunter2\",\"max_tokens\":9}"
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(form.body())
                .hasToString(
                        "{\"properties\":{\"password\":{\"type\":\"string\"}},\"password\":\"***\",\"max_tokens\":9}");
    }
}
