package io.bookstore.perf.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bookstore.perf.results.Evidence;
import io.bookstore.perf.testing.EmbeddedRun;
import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The input of a request to the model, as the scripts tell it in the metadata of its samples. */
class InputsTest {

    private static final int REFUSED = 5;

    @TempDir
    static Path folder;

    private static HttpServer server;

    @BeforeAll
    static void startService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", InputsTest::answer);
        server.start();
    }

    @AfterAll
    static void stopService() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] answer = "{\"text\": \"Yes.\"}".getBytes(StandardCharsets.UTF_8);
        boolean refused = exchange.getRequestURI().getPath().endsWith("/r" + REFUSED);
        exchange.sendResponseHeaders(refused ? 429 : 200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Test
    void requestsThatDifferInTheirOwnIdAloneHaveOneInput() throws Exception {
        Evidence.Inputs inputs = inputs("summarize({ title: `book ${n % 3}` }, { requestId: `r${n}` });", 12);

        assertThat(inputs.answers()).as("all but the refused one").isEqualTo(11);
        assertThat(inputs.repeats()).isEqualTo(11 - 3);
    }

    @Test
    void plainRequestsHaveNoInput() throws Exception {
        Evidence.Inputs inputs = inputs("summarize({ title: `book ${n}` }, { requestId: `s${n}` }); call('get');", 4);

        assertThat(inputs.answers()).isEqualTo(4);
        assertThat(inputs.repeats()).isZero();
    }

    /** The answers of a service that takes the id in path and body, to requests of which a script makes so many. */
    private static Evidence.Inputs inputs(String request, int times) throws Exception {
        Path target = Files.writeString(folder.resolve("target.yml"), """
                name: desk
                baseUrl: http://localhost
                operations:
                  summary: { method: POST, path: "/chat/{requestId}", body: { id: "{requestId}", ask: "Tell of {title}." } }
                  get: { method: GET, path: /chat }
                answer: { text: text }
                """);
        String script = """
                import exec from 'k6/execution';
                import { call } from '%1$s/client.js';
                import { summarize } from '%1$s/llm.js';
                export const options = { iterations: %2$d };
                export default function () {
                  const n = exec.scenario.iterationInTest;
                  %3$s
                }
                """.formatted(Checkout.scripts().resolve("lib"), times, request);
        URI service = URI.create("http://127.0.0.1:" + server.getAddress().getPort());

        return Objects.requireNonNull(EmbeddedRun.of(script, Map.of("TARGET", target.toString()), service, folder)
                .evidence()
                .inputs());
    }
}
