package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.fault.FaultRule;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.Attempt.Buckets;
import io.bookstore.simulator.journal.Attempt.Tokens;
import io.bookstore.simulator.limit.Limits;
import io.bookstore.simulator.limit.Limits.OutputCounting;
import io.bookstore.simulator.verdict.Verdict;
import io.bookstore.simulator.wire.Operation;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Embeddings are calls like any other: they take time, count to the limits, go wrong and are written down. */
class EmbeddingsTest {

    private static final String INPUT = "{\"model\":\"text-embedding-3-small\",\"dimensions\":2,\"input\":%s}";

    private final SimulatorServer server = SimulatorServer.start(
            SimulatorConfig.defaults().withPort(0).withProfile("zero"),
            Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
    private final RawHttp http = new RawHttp(server.baseUrl());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void takeTheReadingOfTheirInputAndNoMore() throws Exception {
        http.exchange("PUT", "/admin/config", """
            {"profile":{"name":"reader","base":"fixed","prefill":{"medianMs":20,"perPromptTokenMs":5},"decode":{"tokenMs":1000}}}""");

        String answer = ask("\"Emma, by Jane Austen\"");

        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\"usage\":{\"prompt_tokens\":6,\"total_tokens\":6}");
        assertThat(only().asked())
                .isEqualTo(new Attempt.Asked("openai", Operation.EMBEDDINGS, "text-embedding-3-small", false));
        assertThat(only().result().tokens()).isEqualTo(new Tokens(6, 0));
        assertThat(only().planned()).isEqualTo(new Attempt.Timing(50.0, 50.0));
        assertThat(only().actual().durationMs()).isGreaterThanOrEqualTo(50);
        assertThat(RawHttp.body(http.get("/admin/journal"))).contains("\"operation\":\"embeddings\"");
    }

    @Test
    void areAsNearAsTheirTextsShareWords() throws Exception {
        String texts =
                "[\"Emma by Jane Austen, a novel\",\"a NOVEL by Jane Austen: Emma\",\"Emma\",\"The whale of Captain Ahab\"]";
        String answer = http.post("/v1/embeddings", "{\"model\":\"m\",\"input\":" + texts + "}");
        List<double[]> vectors = new ArrayList<>();
        new ObjectMapper()
                .readTree(RawHttp.body(answer))
                .get("data")
                .forEach(each ->
                        vectors.add(IntStream.range(0, each.get("embedding").size())
                                .mapToDouble(i -> each.get("embedding").get(i).asDouble())
                                .toArray()));

        double sameWords = cosine(vectors.get(0), vectors.get(1));
        double oneWord = cosine(vectors.get(0), vectors.get(2));
        double noWord = cosine(vectors.get(0), vectors.get(3));

        assertThat(sameWords).isBetween(0.8, 0.999);
        assertThat(oneWord).isBetween(0.2, 0.7);
        assertThat(noWord).isBetween(-0.2, 0.2);
    }

    private static double cosine(double[] one, double[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> one[i] * other[i])
                .sum();
    }

    @Test
    void waitForASlotAndAreRefusedWhenThereIsNoRoom() throws Exception {
        http.exchange("PUT", "/admin/config", """
            {"profile":{"name":"narrow","base":"fixed","prefill":{"medianMs":300},"serving":{"slots":1,"queue":0}}}""");
        try (var first = http.open()) {
            first.getOutputStream().write(RawHttp.request("POST", "/v1/embeddings", INPUT.formatted("\"Emma\"")));
            String second;
            do {
                second = ask("\"Persuasion\"");
            } while (second.startsWith("HTTP/1.1 200 "));

            assertThat(second).startsWith("HTTP/1.1 503 ").contains("too many requests are waiting");
        }
    }

    @Test
    void withoutAKeyAreRefusedAndWrittenDown() throws Exception {
        String answer = Recording.of(
                        http,
                        RawHttp.requestWithoutKey("POST", "/v1/embeddings", INPUT.formatted("\"Emma\"")),
                        Integer.MAX_VALUE)
                .text();

        assertThat(answer).startsWith("HTTP/1.1 401 ");
        assertThat(only().asked()).isEqualTo(new Attempt.Asked("openai", Operation.EMBEDDINGS, null, false));
    }

    @Test
    void countToTheLimitsOfRequestsAndInputAndTellThem() throws Exception {
        server.behave(server.behaviour()
                .withLimits(Limits.requestsPerMinute(2)
                        .withInputTokensPerMinute(100)
                        .withOutputTokensPerMinute(50)));

        String first = ask("\"Emma\"");
        String tooMuch = ask("\"" + "word ".repeat(200) + "\"");
        ask("\"Emma\"");
        String tooMany = ask("\"Emma\"");

        assertThat(first)
                .contains("x-ratelimit-limit-requests: 2\r\n", "x-ratelimit-remaining-requests: 1\r\n")
                .contains("x-ratelimit-limit-tokens: 150\r\n", "x-ratelimit-remaining-tokens: 149\r\n");
        assertThat(tooMuch).startsWith("HTTP/1.1 429 ").contains("Request too large", "\"type\":\"tokens\"");
        assertThat(tooMany).startsWith("HTTP/1.1 429 ").contains("retry-after: 30\r\n", "\"type\":\"requests\"");
        assertThat(server.journal().attempts().get(0).result().buckets()).isEqualTo(new Buckets(1L, 99L, 50L));
    }

    /** A chat has written more than the bucket held; who writes nothing is none of its debtors. */
    @Test
    void areLetInWhenOutputTokensAreOwed() throws Exception {
        server.behave(server.behaviour()
                .withLimits(Limits.NONE.withOutputTokensPerMinute(5).withCounting(OutputCounting.ACTUAL)));
        String chat = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}";
        assertThat(http.post("/v1/chat/completions", chat)).startsWith("HTTP/1.1 200 ");
        assertThat(http.post("/v1/chat/completions", chat)).startsWith("HTTP/1.1 429 ");

        assertThat(ask("\"Emma\"")).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            500                | HTTP/1.1 500 | "type":"server_error"
            429:5              | HTTP/1.1 429 | retry-after: 5
            insufficient-quota | HTTP/1.1 429 | "code":"insufficient_quota"
            error-event:3      | HTTP/1.1 503 | Injected fault error-event
            wrong-usage        | HTTP/1.1 200 | "prompt_tokens":10,
            empty-answer       | HTTP/1.1 200 | "data":[],
            """)
    void goWrongAsAsked(String fault, String status, String words) throws Exception {
        String answer = ask("\"Emma\"", "x-simulator-fault: " + fault);

        assertThat(answer).startsWith(status + " ");
        assertThat(answer + RawHttp.body(answer)).contains(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset-before-headers", "reset-after-headers", "no-terminator"})
    void areBrokenLikeEveryDocument(String fault) throws Exception {
        Recording received = Recording.of(
                http,
                RawHttp.request("POST", "/v1/embeddings", INPUT.formatted("\"Emma\""), "x-simulator-fault: " + fault),
                Integer.MAX_VALUE);

        assertThat(received.text()).doesNotContain("\"total_tokens\":1}}");
        assertThat(only().result().fault()).isEqualTo(fault);
    }

    @Test
    void goWrongByPlan() throws Exception {
        server.behave(server.behaviour().withFaults(FaultRule.always("500")));

        assertThat(ask("\"Emma\"")).startsWith("HTTP/1.1 500 ");
    }

    @Test
    void clientThatComesBackTooSoonIsBad() throws Exception {
        ask("\"Emma\"", "x-request-id: call-1", "x-simulator-fault: 429:5");
        ask("\"Emma\"", "x-request-id: call-1");

        assertThat(server.verdicts().get(0).verdicts())
                .filteredOn(verdict -> !verdict.good())
                .extracting(Verdict::name)
                .containsExactly("retry-after-honoured");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "Emma"                  | 1 | 1
            ["Emma","Emma"]         | 2 | 2
            [15, 16, 17]            | 1 | 3
            [[15, 16, 17],[18]]     | 2 | 4
            """)
    void takeTextAndTokens(String input, int vectors, int tokens) throws Exception {
        String answer = ask(input);

        assertThat(answer.split("\"object\":\"embedding\"", -1)).hasSize(vectors + 1);
        assertThat(answer).contains("\"prompt_tokens\":" + tokens + ",");
    }

    @Test
    void inputLongerThanTheModelReadsIsRefused() throws Exception {
        String answer = ask("\"" + "word ".repeat(8_300) + "\"");

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains("This model's maximum context length is 8192 tokens, however you requested ")
                .contains("\"param\":\"input\",\"code\":\"context_length_exceeded\"");
    }

    @Test
    void mediansOfTheJournalAreThoseOfChats() throws Exception {
        http.post("/v1/chat/completions", "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}");
        double output = Objects.requireNonNull(
                        server.journal().attempts().get(0).result().tokens())
                .output();
        for (int i = 0; i < 3; i++) {
            ask("\"Emma\"");
        }

        assertThat(server.journal().summary().count()).isEqualTo(4);
        assertThat(server.journal().summary().medians().outputTokens()).isEqualTo(output);
    }

    private Attempt only() {
        assertThat(server.journal().attempts()).hasSize(1);
        return server.journal().attempts().get(0);
    }

    private String ask(String input, String... headers) throws IOException {
        return http.post("/v1/embeddings", INPUT.formatted(input), headers);
    }
}
