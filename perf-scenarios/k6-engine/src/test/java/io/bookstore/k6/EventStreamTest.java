package io.bookstore.k6;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.ClosedPort;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Server-sent events by the module {@code k6/x/sse}: what the script hears of a stream, and what is counted. */
@Execution(ExecutionMode.CONCURRENT)
class EventStreamTest {
    private static final ClosedPort closedPort = new ClosedPort();
    private static final FixtureServer server = FixtureServer.start();

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static ScriptRun run(String script) throws InterruptedException {
        return ScriptRun.of("behaviour/" + script)
                .env("BASE", server.baseUrl())
                .env("REFUSED", closedPort.url())
                .run();
    }

    @Test
    void eventsCommentsAndUnknownLinesReachTheScriptInOrder() throws Exception {
        ScriptRun run = run("stream-events.js");

        assertThat(run.problem()).isEqualTo("null");
        assertThat(run.logged())
                .containsExactly(
                        "open",
                        "{\"id\":\"\",\"comment\":\"connected\",\"name\":\"\",\"data\":\"\"}",
                        "{\"id\":\"7\",\"comment\":\"\",\"name\":\"delta\",\"data\":\"{\\\"text\\\": \\\"Été\\\"}\"}",
                        "{\"id\":\"\",\"comment\":\"\",\"name\":\"\",\"data\":\"first\\nsecond\"}",
                        "{\"id\":\"\",\"comment\":\"\",\"name\":\"\",\"data\":\"[DONE]\"}",
                        "unknown event: nonsense",
                        "200 text/event-stream POST text/event-stream a question ''",
                        "true function");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void streamIsOneRequestAndItsEventsHaveTheSameTags() throws Exception {
        ScriptRun run = run("stream-events.js");

        assertThat(run.count("http_reqs")).isEqualTo(1);
        assertThat(run.values("sse_event")).hasSize(4).containsOnly(1.0);
        assertThat(run.samples("http_req_waiting")).hasSize(1);
        assertThat(run.tags("sse_event", "kind")).containsOnly("chat");
        assertThat(run.tags("sse_event", "status")).containsOnly("200");
        assertThat(run.tags("sse_event", "url")).isEqualTo(repeated(run.tags("http_reqs", "url")));
        assertThat(run.count("data_received")).isGreaterThan(100);
    }

    @Test
    void streamThatIsCompressedIsReadAsOneThatIsNot() throws Exception {
        ScriptRun run = run("stream-packed.js");

        assertThat(run.logged()).containsExactly("", "{\"text\": \"Été\"}", "first\nsecond", "[DONE]", "200 ''");
        assertThat(run.values("http_req_failed")).containsExactly(0.0);
    }

    private static List<String> repeated(List<String> one) {
        return Collections.nCopies(4, one.get(0));
    }

    @Test
    void streamThatBreaksOffIsAnErrorAndAFailedRequestThoughItsStatusIs200() throws Exception {
        ScriptRun run = run("stream-cut.js");

        assertThat(run.logged()).containsExactly("told unknown event: nonsense", "told EOF", "200 EOF");
        assertThat(run.values("http_req_failed")).containsExactly(1.0);
        assertThat(run.tags("http_reqs", "expected_response")).containsExactly("false");
        assertThat(run.logged("warning")).singleElement().asString().endsWith("EOF");
    }

    @Test
    void streamThatTheScriptClosesEndsAtOnceForTheServerTooAndHasNotFailed() throws Exception {
        ScriptRun run = run("stream-closed.js");

        assertThat(run.logged()).containsExactly("200 3 ''", "200");
        assertThat(run.values("http_req_failed")).containsExactly(0.0, 0.0);
        assertThat(run.count("sse_event")).isEqualTo(3);
    }

    @Test
    void endOfTheRunCutsAStreamOff() throws Exception {
        ScriptRun run = run("stream-cut-off.js");

        assertThat(run.logged()).isEmpty();
        assertThat(run.count("iterations")).isZero();
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void mishapsAreToldInTheResponseAndMistakesThrown() throws Exception {
        ScriptRun run = run("stream-mishaps.js");

        assertThat(run.logged())
                .containsExactly(
                        "0 dial: connection refused 0",
                        "0 request timeout 0",
                        "503 '' 0",
                        "unknown event: arrived",
                        "200",
                        "the last argument of sse.open() must be a function that gets the client",
                        "the last argument of sse.open() must be a function that gets the client",
                        "mine");
    }
}
