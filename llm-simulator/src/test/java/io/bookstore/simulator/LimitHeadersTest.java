package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.anthropic.AnthropicFormat;
import io.bookstore.simulator.limit.Admission;
import io.bookstore.simulator.limit.Limiter;
import io.bookstore.simulator.limit.Limits;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers in which each provider tells its limits, and its refusal beyond them. */
class LimitHeadersTest {

    // Time stands still: no bucket is refilled between two requests.
    private final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"), new HandClock());
    private final RawHttp http = new RawHttp(server.baseUrl());

    @AfterEach
    void stop() {
        server.close();
    }

    /** A public recording of claude-3-5-sonnet-20241022, 2025-02-24 22:25:32 UTC, max_tokens 4000. */
    @Test
    void headersOfARecordedAnswerFollowFromTheBuckets() {
        Instant now = Instant.parse("2025-02-24T22:25:32Z");
        Limiter limiter = new Limiter(
                Limits.requestsPerMinute(1_000).withInputTokensPerMinute(80_000).withOutputTokensPerMinute(16_000),
                false,
                now);

        Admission admission = limiter.admit(2_000, 4_000, 150, now);
        Map<String, String> headers = new AnthropicFormat().limitHeaders(admission.report(), now);

        assertThat(headers)
                .containsEntry("anthropic-ratelimit-output-tokens-limit", "16000")
                .containsEntry("anthropic-ratelimit-output-tokens-remaining", "12000")
                .containsEntry("anthropic-ratelimit-output-tokens-reset", "2025-02-24T22:25:47Z")
                .containsEntry("anthropic-ratelimit-requests-limit", "1000")
                .containsEntry("anthropic-ratelimit-requests-remaining", "999")
                .containsEntry("anthropic-ratelimit-tokens-limit", "96000")
                .containsEntry("anthropic-ratelimit-tokens-remaining", "90000");
    }

    /** A number that is rounded to the nearest thousand must not promise more than there can be. */
    @ParameterizedTest
    @CsvSource({"1500, 1500", "1499, 1000", "600, 600", "2000, 2000"})
    void remainingIsNeverMoreThanTheLimit(long limit, long remaining) {
        Instant now = Instant.parse("2026-01-02T03:04:05Z");
        Limiter limiter = new Limiter(Limits.NONE.withInputTokensPerMinute(limit), false, now);

        Map<String, String> headers =
                new AnthropicFormat().limitHeaders(limiter.admit(0, 1, 1, now).report(), now);

        assertThat(headers).containsEntry("anthropic-ratelimit-input-tokens-remaining", String.valueOf(remaining));
    }

    @Test
    void openAiTellsItsLimitsInItsOwnHeaders() throws Exception {
        server.behave(server.behaviour()
                .withLimits(Limits.requestsPerMinute(10)
                        .withInputTokensPerMinute(1_000)
                        .withOutputTokensPerMinute(1_000)));

        String answer = http.post("/v1/chat/completions", body("/v1/chat/completions"));

        assertThat(answer)
                .contains("x-ratelimit-limit-requests: 10\r\n", "x-ratelimit-remaining-requests: 9\r\n")
                .containsPattern("x-ratelimit-reset-requests: 6s\r\n")
                .contains("x-ratelimit-limit-tokens: 2000\r\n")
                .containsPattern("x-ratelimit-reset-tokens: [0-9.]+(ms|s)\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/messages                                     | retry-after: 60      | "type":"rate_limit_error"
            /v1/chat/completions                             | retry-after: 60      | "code":"rate_limit_exceeded"
            /api/chat                                        | retry-after: 60      | per-minute rate limit
            /v1beta/models/gemini-2.5-flash:generateContent  | "retryDelay":"60s"   | "status":"RESOURCE_EXHAUSTED"
            """)
    void requestBeyondTheLimitGets429WithTheWait(String path, String wait, String words) throws Exception {
        server.behave(server.behaviour().withLimits(Limits.requestsPerMinute(1)));
        assertThat(http.post(path, body(path))).startsWith("HTTP/1.1 200 ");

        String refused = http.post(path, body(path));

        assertThat(refused).startsWith("HTTP/1.1 429 ").contains(wait, words);
        assertThat(server.journal().summary().statuses()).isEqualTo(Map.of(200, 1L, 429, 1L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/messages", "/v1/chat/completions", "/v1beta/models/gemini-2.5-flash:generateContent"})
    void requestThatCanNeverFitIsNotAskedToComeBack(String path) throws Exception {
        server.behave(server.behaviour().withLimits(Limits.NONE.withInputTokensPerMinute(1)));

        assertThat(http.post(path, body(path)))
                .startsWith("HTTP/1.1 429 ")
                .contains("Request too large: it asks for more tokens than your per-minute rate limit has")
                .doesNotContain("retry-after", "retryDelay");
    }

    @Test
    void steepRiseGets429ThoughMuchIsLeft() throws Exception {
        server.behave(
                server.behaviour().withLimits(Limits.requestsPerMinute(1_000).withAccelerationPerMinute(6)));
        assertThat(http.post("/v1/messages", body("/v1/messages"))).startsWith("HTTP/1.1 200 ");

        String refused = http.post("/v1/messages", body("/v1/messages"));

        assertThat(refused)
                .startsWith("HTTP/1.1 429 ")
                .contains("anthropic-ratelimit-requests-remaining: 999\r\n", "usage rises too steeply")
                .contains("retry-after: 9\r\n");
    }

    @Test
    void providersHaveBucketsOfTheirOwn() throws Exception {
        server.behave(server.behaviour().withLimits(Limits.requestsPerMinute(1)));

        assertThat(http.post("/v1/messages", body("/v1/messages"))).startsWith("HTTP/1.1 200 ");
        assertThat(http.post("/v1/chat/completions", body("/v1/chat/completions")))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void withoutLimitsNothingIsSaidOfThem() throws Exception {
        assertThat(http.post("/v1/messages", body("/v1/messages"))).doesNotContain("ratelimit");
    }

    private static String body(String path) {
        if (path.startsWith("/v1beta/")) {
            return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Emma\"}]}]}";
        }
        String model = path.equals("/v1/messages") ? "claude-sonnet" : "gpt-4o-mini";
        return "{\"model\":\"" + model + "\",\"max_tokens\":100,\"stream\":false,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Summarize \\\"Emma\\\" by Jane Austen\"}]}";
    }
}
