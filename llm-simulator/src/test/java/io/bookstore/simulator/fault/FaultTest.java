package io.bookstore.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.draw.Draws;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.Attempt.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The faults as they come over the wire. */
class FaultTest {

    private final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private final RawHttp http = new RawHttp(server.baseUrl());

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error",
        "401, authentication_error",
        "402, billing_error",
        "403, permission_error",
        "404, not_found_error",
        "413, request_too_large",
        "429, rate_limit_error",
        "500, api_error",
        "503, api_error",
        "504, timeout_error",
        "529, overloaded_error"
    })
    void statusComesInTheProvidersWords(int status, String type) throws Exception {
        String answer = post(String.valueOf(status), true);

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("\"type\":\"" + type + "\"")
                .doesNotContain("retry-after");
        assertThat(only().result().fault()).isEqualTo(String.valueOf(status));
    }

    @Test
    void statusMaySayWhenToComeBack() throws Exception {
        assertThat(post("429:7", true)).contains("retry-after: 7\r\n");
    }

    @Test
    void quotaThatIsUsedUpIsA429WithoutAWait() throws Exception {
        String answer = http.post(
                "/v1/chat/completions",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}",
                "x-simulator-fault: insufficient-quota");

        assertThat(answer)
                .startsWith("HTTP/1.1 429 ")
                .contains("\"code\":\"insufficient_quota\"")
                .doesNotContain("retry-after");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void resetBeforeHeadersSendsNothing(boolean streaming) {
        assertThat(receivedBeforeReset("reset-before-headers", streaming)).isEmpty();
        assertThat(only().result().outcome()).isEqualTo(Outcome.CUT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void resetAfterHeadersSendsNoBody(boolean streaming) {
        assertThat(receivedBeforeReset("reset-after-headers", streaming))
                .startsWith("HTTP/1.1 200 OK")
                .doesNotContain("Emma", "content_block_delta");
    }

    @Test
    void resetAfterChunksSendsAsManyAsAsked() {
        String received = receivedBeforeReset("reset-after-chunks:2", true);

        assertThat(received.split("event: content_block_delta", -1)).hasSize(3);
        assertThat(received).doesNotContain("message_stop");
    }

    @Test
    void errorEventComesInAStreamWhoseStatusWas200() throws Exception {
        String answer = post("error-event:1", true);

        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("event: error\ndata: {\"type\":\"error\"");
        assertThat(answer.split("event: content_block_delta", -1)).hasSize(2);
        assertThat(answer).doesNotContain("message_stop");
    }

    @Test
    void documentHasNoEventToTellAnErrorBy() throws Exception {
        assertThat(post("error-event", false)).startsWith("HTTP/1.1 529 ");
    }

    @Test
    void malformedFrameIsCutInHalfAndTheRestIsRight() throws Exception {
        String answer = RawHttp.body(post("malformed-frame:1", true));

        String[] events = answer.split("\n\n");
        // Opening has three events; then one good delta.
        assertThat(events[3]).endsWith("}");
        assertThat(events[4]).startsWith("event: content_block_delta").doesNotContain("}}");
        assertThat(answer).endsWith("data: {\"type\":\"message_stop\"}\n\n");
    }

    @Test
    void missingTerminatorLeavesOutUsageAndEnd() throws Exception {
        String answer = post("no-terminator", true);

        assertThat(answer)
                .contains("content_block_delta")
                .doesNotContain("message_delta", "message_stop", "content_block_stop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"malformed-frame", "no-terminator"})
    void brokenDocumentIsNoJson(String fault) throws Exception {
        String body = RawHttp.body(post(fault, false));

        assertThat(body).startsWith("{\"id\":\"msg_01");
        assertThatThrownBy(() -> new ObjectMapper().readTree(body)).isInstanceOf(IOException.class);
    }

    @Test
    void slowDripAndStallTakeTheirTime() throws Exception {
        post("slow-drip:20", true);
        post("stall:150", true);

        List<Attempt> attempts = server.journal().attempts();
        assertThat(attempts.get(0).actual().durationMs()).isGreaterThan(40);
        assertThat(attempts.get(1).actual().durationMs()).isGreaterThan(150);
        assertThat(attempts)
                .allSatisfy(attempt -> assertThat(attempt.result().outcome()).isEqualTo(Outcome.COMPLETED));
    }

    @Test
    void wrongUsageIsTenTimesTheTruth() throws Exception {
        String answer = post("wrong-usage", false);

        Attempt.Tokens truth = Objects.requireNonNull(only().result().tokens());
        server.reset();
        String right = post(null, false);

        assertThat(only().result().tokens()).isEqualTo(truth);
        assertThat(right)
                .contains("\"input_tokens\":" + truth.input() + ",", "\"output_tokens\":" + truth.output() + "}");
        assertThat(answer)
                .contains(
                        "\"input_tokens\":" + truth.input() * 10 + ",",
                        "\"output_tokens\":" + truth.output() * 10 + "}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void emptyAnswerHasNoText(boolean streaming) throws Exception {
        String answer = post("empty-answer", streaming);

        assertThat(answer)
                .startsWith("HTTP/1.1 200 ")
                .contains("\"output_tokens\":0")
                .doesNotContain("Emma");
    }

    @Test
    void endlessAnswerGoesOnUntilTheClientLeaves() throws Exception {
        try (Socket socket = http.open()) {
            socket.getOutputStream().write(request("endless-answer", true));
            InputStream in = socket.getInputStream();
            int deltas = 0;
            while (deltas < 200) {
                deltas += RawHttp.line(in).equals("event: content_block_delta") ? 1 : 0;
            }
        }

        await().atMost(2, TimeUnit.MINUTES)
                .until(() -> !server.journal().attempts().isEmpty());
        assertThat(only().result().outcome()).isEqualTo(Outcome.ABANDONED);
    }

    @Test
    void planStrikesInItsWindowAsOftenAsItSays() {
        FaultPlan plan = new FaultPlan(List.of(
                new FaultRule(Fault.parse("529"), 0.25, Duration.ofSeconds(10), Duration.ofSeconds(20)),
                new FaultRule(Fault.parse("500"), 1, Duration.ofSeconds(30), null)));

        assertThat(struck(plan, 5)).isZero();
        assertThat(struck(plan, 10)).isBetween(2_300L, 2_700L);
        assertThat(struck(plan, 20)).isZero();
        assertThat(struck(plan, 30)).isEqualTo(10_000);
    }

    @Test
    void unknownFaultIsRefusedWithTheKnownOnes() throws Exception {
        String answer = post("gremlins", true);

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains(
                        "x-simulator-fault: There is no fault \\\"gremlins\\\"; use 400, 401,", "stall[:milliseconds]");
    }

    private static long struck(FaultPlan plan, int second) {
        return IntStream.range(0, 10_000)
                .filter(i ->
                        plan.fault(Duration.ofSeconds(second), Draws.of(1, "request-" + i, 1).stream("fault")) != null)
                .count();
    }

    private Attempt only() {
        assertThat(server.journal().attempts()).hasSize(1);
        return server.journal().attempts().get(0);
    }

    private String receivedBeforeReset(String fault, boolean streaming) {
        StringBuilder received = new StringBuilder();
        try (Socket socket = http.open()) {
            socket.getOutputStream().write(request(fault, streaming));
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                received.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            }
            throw new AssertionError("The connection was closed, not reset, after " + received);
        } catch (SocketException reset) {
            return received.toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String post(@Nullable String fault, boolean streaming) throws IOException {
        return fault == null
                ? http.post("/v1/messages", body(streaming))
                : http.post("/v1/messages", body(streaming), "x-simulator-fault: " + fault);
    }

    private static byte[] request(String fault, boolean streaming) {
        return RawHttp.request("POST", "/v1/messages", body(streaming), "x-simulator-fault: " + fault);
    }

    private static String body(boolean streaming) {
        return "{\"model\":\"claude-sonnet\",\"max_tokens\":200,\"stream\":" + streaming
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Summarize \\\"Emma\\\" by Jane Austen\"}]}";
    }
}
