package io.bookstore.perf.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import io.bookstore.perf.testing.RecordedEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run of a service that answers, but is not the one that its descriptor describes. */
class UnexpectedAnswerTest {

    @TempDir
    private Path folder;

    private final PerfProcess perf = new PerfProcess();
    private final HttpServer server;

    UnexpectedAnswerTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | text/plain       | no               | GET ADDRESS/health/readiness answered 404 with text/plain, expected 200: start bookstore there, correct BASE_URL, or name the descriptor of another service with TARGET.
            401 | application/json | {}               | GET ADDRESS/health/readiness answered 401 with application/json, expected 200: correct BASE_URL, or give the descriptor the headers or the token that the service asks for.
            503 | application/json | {}               | GET ADDRESS/health/readiness answered 503 with application/json, expected 200: wait until bookstore is ready, or read in its log why it is not.
            200 | text/html        | <html>Hi</html>  | GET ADDRESS/api/v1/Books?page=1&pageSize=100 answered 200 with text/html, expected 200 and JSON with a list at "books": start bookstore there, correct BASE_URL, or name the descriptor of another service with TARGET.
            200 | application/json | {"books": []}    | GET ADDRESS/api/v1/Books?page=1&pageSize=100 answered an empty list, expected entries to work on: give the service its test data first.
            """)
    void isOneSentenceAndEndsAsAServiceThatIsNotThere(int status, String type, String body, String sentence) {
        answer(status, type, body);

        int exitCode = run(new EmbeddedEngineOption());

        assertThat(exitCode).isEqualTo(69);
        assertThat(perf.out().replaceAll("\\s+", " "))
                .containsOnlyOnce("Unexpected answer of bookstore: " + sentence.replace("ADDRESS", url()))
                .contains("FAILED ai-smoke: not the service that was expected");
        assertThat(perf.out() + perf.err()).doesNotContain("GoError", "aborted", "threw", "prepare.js");
    }

    @Test
    void wordsOfTheEngineAreLeftOut() {
        answer(404, "text/plain", "no");

        int exitCode = run(RecordedEngine.failing(
                108, "test aborted: Unexpected answer of bookstore: GET / answered 404, expected 200: start it."));

        assertThat(exitCode).isEqualTo(69);
        assertThat(perf.out())
                .contains("\nUnexpected answer of bookstore: GET / answered 404, expected 200: start it.\n");
    }

    @Test
    void otherAbortOfAScriptStaysOne() {
        answer(200, "application/json", "{}");

        int exitCode = run(RecordedEngine.failing(108, "test aborted: the data is gone"));

        assertThat(exitCode).isEqualTo(108);
    }

    private void answer(int status, String type, String body) {
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private int run(EngineOption engine) {
        return perf.run(
                engine,
                "run",
                "ai-smoke",
                "--base-url",
                url(),
                "-e",
                "DURATION_SCALE=0.01",
                "--out",
                folder.resolve("results").toString());
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
