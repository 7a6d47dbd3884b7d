package io.bookstore.simulator.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.ChunkTimes;
import io.bookstore.simulator.wire.Operation;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientVerdictsTest {

    private static final String BODY =
            "{\"model\":\"gpt-4o-mini\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}";

    private final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private final RawHttp http = new RawHttp(server.baseUrl());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void clientThatAsksOnceAndGetsItsAnswerIsGood() throws IOException {
        ask("call-1", null, false);

        ClientVerdicts verdicts = only();

        assertThat(verdicts.provider()).isEqualTo("openai");
        assertThat(verdicts.good()).isTrue();
        assertThat(verdicts.amplification()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "429:3600,           retry-after-honoured,   3600000 ms",
        "insufficient-quota, quota-not-retried,      asked again after status 429",
        "400,                refusal-not-retried,    asked again after status 400",
        "401,                refusal-not-retried,    asked again after status 401"
    })
    void clientThatTriesAgainAtOnceIsBad(String fault, String verdict, String detail) throws IOException {
        ask("call-1", fault, false);
        ask("call-1", null, false);

        assertThat(named(verdict).good()).isFalse();
        assertThat(named(verdict).detail()).contains("call-1", detail);
        assertThat(only().good()).isFalse();
    }

    @Test
    void clientThatWaitsAsAskedIsGood() throws IOException {
        ask("call-1", "429:0", false);
        ask("call-1", null, false);

        assertThat(named("retry-after-honoured").cases()).isEqualTo(1);
        assertThat(named("retry-after-honoured").good()).isTrue();
    }

    /** A request may be read long after it has arrived, on a busy machine; its refusal is dated when it is sent. */
    @Test
    void clientThatWaitsAsAskedIsGoodHoweverLongItsRefusalTook() {
        Instant refused = Instant.parse("2026-01-02T03:04:05Z");

        List<ClientVerdicts> inTime =
                ClientVerdicts.of(List.of(refusal(1, refused), refusal(2, refused.plusSeconds(1))), Map.of());
        List<ClientVerdicts> tooSoon =
                ClientVerdicts.of(List.of(refusal(1, refused), refusal(2, refused.plusMillis(900))), Map.of());

        assertThat(inTime)
                .singleElement()
                .satisfies(verdicts -> assertThat(verdicts.good()).isTrue());
        assertThat(tooSoon)
                .singleElement()
                .satisfies(verdicts -> assertThat(verdicts.good()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"error-event:2", "no-terminator", "malformed-frame:2"})
    void clientThatTakesACutStreamForAWholeOneIsBad(String fault) throws IOException {
        ask("call-1", fault, true);

        http.post("/admin/reports", "{\"requestKey\":\"call-1\",\"believed\":true}\n");

        assertThat(named("cut-stream-not-trusted").good()).isFalse();
        assertThat(named("cut-stream-not-trusted").detail()).contains("call-1", fault.replaceAll(":.*", ""));
    }

    @Test
    void clientThatSaysThatItsStreamWasCutIsGood() throws IOException {
        ask("call-1", "no-terminator", true);

        server.report("call-1", false);

        assertThat(named("cut-stream-not-trusted").cases()).isEqualTo(1);
        assertThat(named("cut-stream-not-trusted").good()).isTrue();
    }

    @Test
    void clientThatSaysNothingOfACutStreamIsNotJudgedForIt() throws IOException {
        ask("call-1", "no-terminator", true);

        assertThat(named("cut-stream-not-trusted").cases()).isZero();
    }

    @Test
    void clientThatNeverGivesUpIsBad() throws IOException {
        for (int i = 0; i < 4; i++) {
            ask("call-1", "503", false);
        }

        assertThat(named("retries-bounded").good()).isFalse();
        assertThat(named("retries-bounded").detail()).isEqualTo("call call-1 was attempted 4 times");
        assertThat(only().amplification()).isEqualTo(4);
    }

    @Test
    void stepsOfAnAgentInOneTraceAreCallsOfTheirOwn() throws IOException {
        for (int i = 0; i < 5; i++) {
            http.post(
                    "/v1/chat/completions",
                    BODY.formatted(false).replace("Emma", "Step " + i),
                    "authorization: Bearer none",
                    "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b" + i + "-01");
        }

        assertThat(only().calls()).isEqualTo(5);
        assertThat(only().amplification()).isEqualTo(1);
        assertThat(only().good()).isTrue();
    }

    @Test
    void usersWhoAskTheSameAndAreAnsweredAreCallsOfTheirOwn() throws IOException {
        for (int i = 0; i < 5; i++) {
            http.post("/v1/chat/completions", BODY.formatted(false), "authorization: Bearer none");
        }

        assertThat(only().calls()).isEqualTo(5);
        assertThat(only().good()).isTrue();
    }

    @Test
    void retryInATraceIsNoCallOfItsOwn() throws IOException {
        for (String fault : List.of("503", "503", "empty-answer", "503", "503")) {
            http.post(
                    "/v1/chat/completions",
                    BODY.formatted(false),
                    "authorization: Bearer none",
                    "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                    "x-simulator-fault: " + fault);
        }

        assertThat(only().calls()).isEqualTo(1);
        assertThat(named("retries-bounded").good()).isFalse();
    }

    @Test
    void callAfterAWholeAnswerIsJudgedAlone() throws IOException {
        ask("call-1", "503", false);
        ask("call-1", null, false);
        ask("call-1", "503", false);
        ask("call-1", null, false);

        assertThat(only().calls()).isEqualTo(2);
        assertThat(only().amplification()).isEqualTo(2);
        assertThat(only().good()).isTrue();
    }

    @Test
    void langChain4jsOwnRetriesDoNotWaitAsAsked() {
        OpenAiChatModel model = langChain4j("429:3600", 1);

        assertThatThrownBy(() -> model.chat("Emma")).isInstanceOf(RuntimeException.class);

        assertThat(named("retry-after-honoured").cases()).isEqualTo(1);
        assertThat(named("retry-after-honoured").good()).isFalse();
    }

    @Test
    void langChain4jWithoutItsRetriesIsGood() {
        OpenAiChatModel model = langChain4j("429:3600", 0);

        assertThatThrownBy(() -> model.chat("Emma")).isInstanceOf(RuntimeException.class);

        assertThat(only().good()).isTrue();
        assertThat(only().attempts()).isEqualTo(1);
    }

    @Test
    void verdictsAreServedAsJson() throws Exception {
        ask("call-1", "insufficient-quota", false);
        ask("call-1", "insufficient-quota", false);

        JsonNode served = new ObjectMapper().readTree(RawHttp.body(http.get("/admin/verdicts")));

        assertThat(served.get("good").asBoolean()).isFalse();
        JsonNode provider = served.get("providers").get(0);
        assertThat(provider.get("provider").asText()).isEqualTo("openai");
        assertThat(provider.get("attempts").asInt()).isEqualTo(2);
        assertThat(provider.get("verdicts").findValuesAsText("name"))
                .containsExactly(
                        "retry-after-honoured",
                        "quota-not-retried",
                        "refusal-not-retried",
                        "cut-stream-not-trusted",
                        "retries-bounded",
                        "retries-back-off",
                        "failure-retried",
                        "silence-timed-out",
                        "malformed-frame-not-trusted");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"requestKey":"a"}                 | A report must have a text requestKey and a boolean believed
            {"requestKey":"a","believed":true}{} | A report must be a JSON object a line
            {"requestKey":7,"believed":true}   | A report must have a text requestKey and a boolean believed
            not json                           | A report must be a JSON object a line
            """)
    void reportThatCannotBeReadIsRefused(String body, String sentence) throws IOException {
        assertThat(http.post("/admin/reports", body))
                .startsWith("HTTP/1.1 400 ")
                .contains(sentence);
    }

    /** A 429 that asks for a second, half a second after the request had arrived. */
    private static Attempt refusal(int attempt, Instant time) {
        return new Attempt(
                attempt,
                new Attempt.Key("call-1", attempt),
                time,
                new Attempt.Asked("openai", Operation.CHAT, "m", false),
                new Attempt.Result(429, Attempt.Outcome.REFUSED, null, "429:1", 1_000.0, null),
                null,
                new Attempt.Timing(null, 500.0),
                null,
                ChunkTimes.NONE);
    }

    private void ask(String key, @Nullable String fault, boolean streaming) throws IOException {
        String path = "/v1/chat/completions";
        String auth = "authorization: Bearer none";
        String id = "x-request-id: " + key;
        if (fault == null) {
            http.post(path, BODY.formatted(streaming), auth, id);
        } else {
            http.post(path, BODY.formatted(streaming), auth, id, "x-simulator-fault: " + fault);
        }
    }

    private OpenAiChatModel langChain4j(String fault, int retries) {
        return OpenAiChatModel.builder()
                .baseUrl(server.baseUrl() + "/v1")
                .apiKey("none")
                .modelName("gpt-4o-mini")
                .customHeaders(Map.of("x-simulator-fault", fault, "x-request-id", "langchain4j"))
                .maxRetries(retries)
                .build();
    }

    private ClientVerdicts only() {
        assertThat(server.verdicts()).hasSize(1);
        return server.verdicts().get(0);
    }

    private Verdict named(String name) {
        return only().verdicts().stream()
                .filter(verdict -> verdict.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
