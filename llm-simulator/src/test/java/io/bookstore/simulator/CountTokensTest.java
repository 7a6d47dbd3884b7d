package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.limit.Limits;
import io.bookstore.simulator.limit.Limits.OutputCounting;
import io.bookstore.simulator.wire.Operation;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The counting of tokens: free and limited apart, and it may go wrong like any other call. */
class CountTokensTest {

    private static final String ANTHROPICS = "{\"model\":\"claude-sonnet\",\"max_tokens\":100,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}";
    private static final String GEMINIS = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Emma\"}]}]}";

    private final SimulatorServer server = SimulatorServer.start(
            SimulatorConfig.defaults().withPort(0).withProfile("fixed"),
            Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
    private final RawHttp http = new RawHttp(server.baseUrl());

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic, /v1/messages/count_tokens, /v1/messages, input_tokens",
        "gemini, /v1beta/models/gemini-2.5-flash:countTokens, /v1beta/models/gemini-2.5-flash:generateContent, totalTokens"
    })
    void hasARequestLimitOfItsOwnAndTakesNoTokens(String provider, String path, String other, String key)
            throws Exception {
        String body = provider.equals("gemini") ? GEMINIS : ANTHROPICS;
        server.behave(server.behaviour()
                .withLimits(Limits.requestsPerMinute(1)
                        .withInputTokensPerMinute(1)
                        .withOutputTokensPerMinute(1)
                        .withCounting(OutputCounting.ACTUAL)));

        assertThat(http.post(path, body)).startsWith("HTTP/1.1 200 ").containsPattern("\"" + key + "\":[1-9]");
        assertThat(http.post(path, body)).startsWith("HTTP/1.1 429 ");
        // Its own bucket is empty, and the other one is not.
        server.behave(server.behaviour().withLimits(Limits.requestsPerMinute(1).withCounting(OutputCounting.ACTUAL)));
        assertThat(http.post(path, body)).startsWith("HTTP/1.1 200 ");
        assertThat(http.post(other, body)).startsWith("HTTP/1.1 200 ");

        Attempt counted = server.journal().attempts().get(0);
        assertThat(counted.asked().provider()).isEqualTo(provider);
        assertThat(counted.asked().operation()).isEqualTo(Operation.COUNT_TOKENS);
        assertThat(counted.result().tokens()).isNull();
        assertThat(counted.planned()).isEqualTo(new Attempt.Timing(0.0, 0.0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            529          | HTTP/1.1 529 | overloaded_error
            429:5        | HTTP/1.1 429 | retry-after: 5
            wrong-usage  | HTTP/1.1 200 | {"input_tokens":60}
            empty-answer | HTTP/1.1 200 | {}
            """)
    void goesWrongAsAsked(String fault, String status, String words) throws IOException {
        String answer = http.post("/v1/messages/count_tokens", ANTHROPICS, "x-simulator-fault: " + fault);

        assertThat(answer).startsWith(status + " ");
        assertThat(answer + RawHttp.body(answer)).contains(words);
        assertThat(server.journal().attempts().get(0).result().fault()).isEqualTo(fault);
    }
}
