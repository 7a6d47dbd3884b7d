package io.bookstore.simulator;

import static io.bookstore.simulator.MessagesRequest.asked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.Attempt.Outcome;
import io.bookstore.simulator.journal.ChunkTimes;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.limit.Limits;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Journal, repetition and life of a server, whatever the wire format. */
class SimulatorServerTest {

    // Time stands still: no bucket is refilled. The steps of an answer take their time all the same.
    private final SimulatorServer server = SimulatorServer.start(
            SimulatorConfig.defaults().withPort(0).withProfile("zero").withMaxBodyBytes(10_000), new HandClock());
    private final RawHttp http = new RawHttp(server.baseUrl());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void journalHasTheAttemptAsSoonAsTheClientHasItsAnswer() throws Exception {
        String answer = http.post("/v1/messages", asked("\"stream\":true"), "x-request-id: r-1");

        assertThat(answer).contains("message_stop");
        assertThat(server.journal().attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.key().requestKey()).isEqualTo("r-1");
            assertThat(attempt.result().status()).isEqualTo(200);
            assertThat(attempt.result().outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(attempt.result().tokens()).isNotNull();
            assertThat(attempt.actual().ttftMs()).isPositive();
        });
    }

    @Test
    void journalIsServedAsLinesWithAbsentForUnknown() throws Exception {
        http.post("/v1/messages", asked("\"stream\":false"), "x-request-id: r-1");
        http.post("/v1/messages", "{}", "x-request-id: r-2");

        String[] lines = RawHttp.body(http.get("/admin/journal")).split("\n");

        assertThat(lines).hasSize(2);
        assertThat(lines[0])
                .contains("\"sequence\":1,\"requestKey\":\"r-1\",\"attempt\":1,\"time\":\"20")
                .contains(
                        "\"provider\":\"anthropic\",\"operation\":\"chat\",\"model\":\"claude-sonnet\",\"streaming\":false")
                .contains("\"inputTokens\":15", "\"outputTokens\":", "\"plannedTtftMs\":0.0", "\"actualDurationMs\":")
                .doesNotContain("actualTtftMs", "fault", "null");
        assertThat(lines[1])
                .contains("\"operation\":\"chat\",\"streaming\":false,\"status\":400,\"outcome\":\"refused\"")
                .doesNotContain("model", "Tokens", "planned");
    }

    @Test
    void journalHasTheTimesOfEachChunkAndNoneOfADocument() throws Exception {
        server.behave(server.behaviour().withProfile(Profiles.named("fixed")));
        String answer = http.post("/v1/chat/completions", asked("\"stream\":true"));
        http.post("/v1/chat/completions", asked("\"stream\":false"));

        List<Attempt> attempts = server.journal().attempts();
        ChunkTimes chunks = attempts.get(0).chunks();

        assertThat(chunks.sent()).isEqualTo(answer.split("\"content\":\"[^\"]", -1).length - 1);
        assertThat(chunks.kept()).isEqualTo(chunks.sent());
        // The first token at 200 ms and alone, then four every 20 ms.
        assertThat(IntStream.range(0, 4).mapToDouble(chunks::plannedMs)).containsExactly(200.0, 220.0, 240.0, 260.0);
        assertThat(IntStream.range(0, chunks.kept()).boxed())
                .allSatisfy(
                        chunk -> assertThat(chunks.actualMs(chunk)).isGreaterThanOrEqualTo(chunks.plannedMs(chunk)));
        assertThat(chunks.actualMs(0)).isCloseTo(attempts.get(0).actual().ttftMs(), within(0.001));
        assertThat(attempts.get(1).chunks().sent()).isZero();
    }

    /** A busy machine may be late for most answers; of a simulator that is not, one in two minutes is in time. */
    @Test
    void firstTokenIsSentWhenItIsDue() {
        server.behave(server.behaviour().withProfile(TestProfiles.HALF_A_SECOND));

        await("a first token within 250 ms of its time")
                .atMost(2, TimeUnit.MINUTES)
                .until(() -> {
                    server.journal().clear();
                    http.post("/v1/messages", asked("\"stream\":true"));
                    ChunkTimes chunks = server.journal().attempts().get(0).chunks();
                    return chunks.actualMs(0) - chunks.plannedMs(0) < 250;
                });
    }

    @Test
    void journalHasWhatWasLeftInTheBucketsWhenARequestWasLetInOrRefused() throws Exception {
        server.behave(server.behaviour().withLimits(Limits.requestsPerMinute(1).withOutputTokensPerMinute(8_000)));

        http.post("/v1/messages", asked("\"stream\":false"));
        http.post("/v1/messages", asked("\"stream\":false"));

        List<Attempt> attempts = server.journal().attempts();
        assertThat(attempts.get(0).result().buckets()).isEqualTo(new Attempt.Buckets(0L, null, 7_000L));
        assertThat(attempts.get(1).result().status()).isEqualTo(429);
        // What the first had reserved and not written is back.
        assertThat(attempts.get(1).result().buckets()).satisfies(buckets -> {
            assertThat(buckets.requests()).isZero();
            assertThat(buckets.inputTokens()).isNull();
            assertThat(buckets.outputTokens()).isEqualTo(8_000L - writtenBy(attempts.get(0)));
        });
    }

    @Test
    void journalCanBeSummedUpAndCleared() throws Exception {
        http.post("/v1/messages", asked("\"stream\":true"));
        http.post("/v1/messages", asked("\"stream\":true"));

        String before = RawHttp.body(http.get("/admin/journal/summary"));
        String cleared = http.exchange("DELETE", "/admin/journal", "");
        String after = RawHttp.body(http.get("/admin/journal/summary"));

        assertThat(before)
                .startsWith("{\"count\":2,\"kept\":2,\"statuses\":{\"200\":2},\"faults\":{},")
                .contains("\"medianPlannedTtftMs\":0.0", "\"medianActualDurationMs\":", "\"medianInputTokens\":15.0");
        assertThat(cleared).startsWith("HTTP/1.1 204 ");
        assertThat(after)
                .isEqualTo("{\"count\":0,\"kept\":0,\"statuses\":{},\"faults\":{},\"billed\":{\"attempts\":0,"
                        + "\"inputTokens\":0,\"cachedTokens\":0,\"outputTokens\":0}}");
    }

    @Test
    void requestIsKnownByHeaderElseTraceElseBody() throws Exception {
        String trace = "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        http.post("/v1/messages", asked("\"stream\":true"), "x-request-id: header", trace);
        http.post("/v1/messages", asked("\"stream\":true"), trace);
        http.post("/v1/messages", asked("\"stream\":true"));
        http.post("/v1/messages", asked("\"stream\":true"));
        http.post("/v1/messages", asked("\"stream\":false"));

        List<Attempt.Key> keys =
                server.journal().attempts().stream().map(Attempt::key).toList();

        assertThat(keys.get(0).requestKey()).isEqualTo("header");
        assertThat(keys.get(1).requestKey()).matches("0af7651916cd43dd8448eb211c80319c-[0-9a-f]{1,16}");
        assertThat(keys.get(2).requestKey()).matches("body-[0-9a-f]{1,16}");
        assertThat(keys.get(3).requestKey()).isEqualTo(keys.get(2).requestKey());
        assertThat(keys.get(3).attempt()).isEqualTo(2);
        assertThat(keys.get(4).requestKey()).isNotEqualTo(keys.get(2).requestKey());
    }

    @Test
    void planOfARequestIsTheSameWhateverTheOrderAndTheNumberOfThreads() throws Exception {
        Map<String, String> alone = answers(1);
        Map<String, String> together = answers(64);

        assertThat(together).isEqualTo(alone).hasSize(300);
        assertThat(alone.values().stream().distinct()).hasSizeGreaterThan(290);
    }

    @Test
    void requestsOfOneConnectionAreAnsweredInOrder() throws Exception {
        ByteArrayOutputStream pipeline = new ByteArrayOutputStream();
        for (int i = 0; i < 40; i++) {
            pipeline.write(new String(RawHttp.request("GET", "/health", ""))
                    .replace("connection: close", "x-number: " + i)
                    .getBytes());
        }
        pipeline.write(RawHttp.request("GET", "/nowhere", ""));
        try (Socket socket = http.open()) {
            socket.getOutputStream().write(pipeline.toByteArray());

            String answers = new String(socket.getInputStream().readAllBytes());

            assertThat(answers.split("\"status\":\"UP\"", -1)).hasSize(41);
            assertThat(answers.substring(answers.lastIndexOf("HTTP/1.1"))).startsWith("HTTP/1.1 404 ");
        }
    }

    @Test
    void healthNamesProfileAndSeed() throws Exception {
        String health = http.get("/health");

        assertThat(health).startsWith("HTTP/1.1 200 OK");
        assertThat(RawHttp.body(health)).isEqualTo("{\"status\":\"UP\",\"profile\":\"zero\",\"seed\":1}");
    }

    @Test
    void unknownPathAndWrongMethodAreRefusedAsTheProviderDoes() throws Exception {
        assertThat(http.get("/v1/nowhere")).startsWith("HTTP/1.1 404 ").contains("Invalid URL (GET /v1/nowhere)");
        assertThat(http.get("/v1/messages")).startsWith("HTTP/1.1 405 ").contains("Method Not Allowed");
        assertThat(http.get("/admin/nowhere"))
                .startsWith("HTTP/1.1 404 ")
                .contains("application/problem+json", "There is no GET /admin/nowhere here");
    }

    @Test
    void headThatIsTooLongIsRefusedByItsReason() throws Exception {
        assertThat(http.get("/v1/models/" + "m".repeat(20_000)))
                .startsWith("HTTP/1.1 414 ")
                .contains("The request line is longer than 8192 bytes");
        assertThat(http.get("/v1/models", "x-long: " + "y".repeat(100_000)))
                .startsWith("HTTP/1.1 431 ")
                .contains("The headers are longer than 65536 bytes");
    }

    @Test
    void clientThatLeavesIsWrittenDownAsSuch() throws Exception {
        server.behave(server.behaviour().withProfile(TestProfiles.A_TOKEN_AN_HOUR));

        try (Socket socket = http.open()) {
            socket.getOutputStream().write(RawHttp.request("POST", "/v1/messages", asked("\"stream\":true")));
            assertThat(RawHttp.line(socket.getInputStream())).isEqualTo("HTTP/1.1 200 OK");
        }

        await().atMost(2, TimeUnit.MINUTES)
                .until(() -> !server.journal().attempts().isEmpty());
        assertThat(server.journal().attempts().get(0).result().outcome()).isEqualTo(Outcome.ABANDONED);
    }

    @Test
    void takenPortIsOneSentence() {
        int port = server.baseUrl().getPort();

        assertThatThrownBy(
                        () -> SimulatorServer.start(SimulatorConfig.defaults().withPort(port)))
                .isInstanceOf(SimulatorStartException.class)
                .hasMessage("Port " + port + " of 127.0.0.1 is already in use; end the program that has it,"
                        + " or choose another with --port (0 takes any)");
    }

    private Map<String, String> answers(int threads) throws Exception {
        try (SimulatorServer fresh =
                SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"))) {
            RawHttp raw = new RawHttp(fresh.baseUrl());
            Map<String, String> bodies = new ConcurrentHashMap<>();
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                String id = "x-request-id: " + (threads == 1 ? i : 299 - i);
                calls.add(() -> bodies.put(id, RawHttp.body(raw.post("/v1/messages", asked("\"stream\":true"), id))));
            }
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                for (var call : pool.invokeAll(calls)) {
                    call.get();
                }
                return bodies;
            } finally {
                pool.shutdownNow();
            }
        }
    }

    private static int writtenBy(Attempt attempt) {
        return Objects.requireNonNull(attempt.result().tokens()).output();
    }
}
