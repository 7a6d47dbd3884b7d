package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.limit.Limits;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The effect of a refused request on the limits. OpenAI: "As unsuccessful requests contribute to your per-minute limit,
 * continuously resending a request won't work" (https://help.openai.com/en/articles/5955604). The others say nothing of it.
 */
class RefusedRequestsTest {

    private static final String BODY = "{\"model\":\"claude-sonnet\",\"max_tokens\":100,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}";

    private final HandClock clock = new HandClock();
    private final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"), clock);
    private final RawHttp http = new RawHttp(server.baseUrl());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whoResendsTooSoonIsNeverLetInByOpenAi() throws Exception {
        server.behave(server.behaviour().withLimits(Limits.requestsPerMinute(1)));
        ask("/v1/chat/completions");

        for (int i = 0; i < 10; i++) {
            clock.forward(Duration.ofSeconds(59));
            assertThat(ask("/v1/chat/completions"))
                    .startsWith("HTTP/1.1 429 ")
                    .contains("retry-after: 60\r\n", "x-ratelimit-reset-requests: 1m0s\r\n");
        }

        clock.forward(Duration.ofSeconds(60));
        assertThat(ask("/v1/chat/completions")).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/messages", "/api/chat"})
    void whoResendsTooSoonLosesNothingAtOtherProviders(String path) throws Exception {
        server.behave(server.behaviour().withLimits(Limits.requestsPerMinute(1)));
        ask(path);

        clock.forward(Duration.ofSeconds(59));
        assertThat(ask(path)).startsWith("HTTP/1.1 429 ");

        clock.forward(Duration.ofSeconds(1));
        assertThat(ask(path)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, 500, 8",
        "/v1/chat/completions, insufficient-quota, 8",
        "/v1/chat/completions, 401, 9",
        "/v1/messages, 500, 9",
        "/v1/messages, 529, 9"
    })
    void requestThatFailsCountsAtOpenAiUnlessItsKeyIsWrong(String path, String fault, long left) throws Exception {
        server.behave(server.behaviour().withLimits(Limits.requestsPerMinute(10)));

        ask(path, "x-simulator-fault: " + fault);
        ask(path);

        assertThat(requestsLeft()).isEqualTo(left);
    }

    @Test
    void requestThatIsWrongCountsAtOpenAi() throws Exception {
        server.behave(server.behaviour().withLimits(Limits.requestsPerMinute(10)));

        http.post("/v1/chat/completions", "{}");
        ask("/v1/chat/completions");

        assertThat(requestsLeft()).isEqualTo(8);
    }

    @Test
    void requestThatIsRefusedForItsTokensCountsAsARequestAtOpenAi() throws Exception {
        server.behave(server.behaviour().withLimits(Limits.requestsPerMinute(10).withOutputTokensPerMinute(150)));

        String first = ask("/v1/chat/completions");
        String second = http.post("/v1/chat/completions", BODY.replace("100", "150"));

        assertThat(first).contains("x-ratelimit-remaining-requests: 9\r\n");
        assertThat(second).startsWith("HTTP/1.1 429 ").contains("x-ratelimit-remaining-requests: 8\r\n");
    }

    @Test
    void azureTellsTheResetInPlainSeconds() throws Exception {
        server.behave(server.behaviour().withLimits(Limits.requestsPerMinute(40).withOutputTokensPerMinute(60_000)));

        assertThat(ask("/openai/deployments/mine/chat/completions?api-version=2024-10-21"))
                .contains("x-ratelimit-reset-requests: 2\r\n", "x-ratelimit-reset-tokens: 1\r\n");
        assertThat(ask("/openai/v1/chat/completions")).contains("x-ratelimit-reset-requests: 3\r\n");
        assertThat(ask("/v1/chat/completions")).contains("x-ratelimit-reset-requests: 4.5s\r\n");
    }

    private long requestsLeft() {
        var attempts = server.journal().attempts();
        var buckets = attempts.get(attempts.size() - 1).result().buckets();
        return buckets == null || buckets.requests() == null ? -1 : buckets.requests();
    }

    private String ask(String path, String... headers) throws IOException {
        return http.post(path, BODY, headers);
    }
}
