package io.bookstore.api.llm;

import static io.bookstore.api.RunningStore.json;
import static io.bookstore.api.llm.ScriptedProvider.after;
import static io.bookstore.api.llm.ScriptedProvider.brokenStream;
import static io.bookstore.api.llm.ScriptedProvider.silenceAfterTheFirstToken;
import static io.bookstore.api.llm.ScriptedProvider.status;
import static io.bookstore.api.llm.ScriptedProvider.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.api.RestartableStore;
import io.bookstore.testing.ClosedPort;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers that a client gets when the provider fails, over real sockets on both sides. */
@Execution(ExecutionMode.CONCURRENT)
class LlmGatewayTest {

    /** Passes in vain for a provider that never answers; long enough to ask it, on any machine. */
    private static final String SHORT_DEADLINE = "5s";

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final CountDownLatch end = new CountDownLatch(1);
    private final RestartableStore store = new RestartableStore(provider::settings);

    @AfterEach
    void stop() {
        end.countDown();
        store.close();
        provider.close();
    }

    @ParameterizedTest
    @CsvSource({
        "500, 502, provider-failed, 3, server_error",
        "502, 502, provider-failed, 3, server_error",
        "503, 503, provider-unavailable, 3, overloaded",
        "529, 503, provider-unavailable, 3, overloaded",
        "429, 429, rate-limited, 3, rate_limited",
        "400, 502, provider-failed, 1, invalid_request",
        "401, 503, provider-unavailable, 1, authentication",
        "403, 503, provider-unavailable, 1, authentication",
        "404, 503, provider-unavailable, 1, not_found"
    })
    void statusOfTheProviderDecidesStatusAndAttempts(
            int providerStatus, int status, String type, int attempts, String errorType) {
        provider.always(status(providerStatus, "{\"error\":{\"message\":\"internal.host:8080 secret\"}}"));

        HttpResponse<String> answer = summarize();

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).get("type").asText()).isEqualTo("urn:bookstore:problem:" + type);
        assertThat(answer.body()).doesNotContain("secret", "internal.host");
        assertThat(provider.received()).hasSize(attempts);
        await().untilAsserted(() -> assertThat(store.running()
                        .metric(
                                "http_server_request_duration_seconds_count",
                                "http_route=\"/api/v1/Books/{bookId}/generate-summary\"",
                                "error_type=\"" + errorType + "\""))
                .isEqualTo(1));
    }

    /** The bodies are as the vendors send them, shortened. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "429 | {\"error\":{\"code\":\"insufficient_quota\"}} | quota_exhausted",
                "429 | {\"error\":{\"details\":[{\"quotaId\":\"GenerateRequestsPerDayPerProjectPerModel-FreeTier\"}]}}"
                        + " | quota_exhausted",
                "400 | {\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Your credit balance is too low to"
                        + " access the Anthropic API.\"}} | quota_exhausted",
                "400 | {\"error\":{\"code\":400,\"message\":\"API key not valid. Please pass a valid API key.\","
                        + "\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}} | authentication"
            })
    void accountThatCannotAskIsNotAskedForAgainAndNotTheRequestsFault(int status, String body, String reason) {
        provider.always(status(status, body));

        HttpResponse<String> answer = summarize();

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(provider.received()).hasSize(1);
        assertThat(store.running().metric("llm_failures_total", "reason=\"" + reason + "\""))
                .isEqualTo(1);
        provider.always(stream("Paid at last.", 1, 1));
        assertThat(store.running().post(path().replace("?refresh=true", ""), "").statusCode())
                .as("nothing is remembered")
                .isEqualTo(200);
    }

    @Test
    void waitThatTheProviderAsksForIsHonoured() {
        provider.next(status(429, "{}", "Retry-After", "1"));

        HttpResponse<String> answer = summarize();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(provider.received()).hasSize(2);
        assertThat(provider.received().get(1).nanoTime()
                        - provider.received().get(0).nanoTime())
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void waitBeyondTheDeadlineIsPassedOnAtOnce() {
        provider.always(status(429, "{}", "Retry-After", "3600"));

        HttpResponse<String> answer = summarize();

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("3600");
        assertThat(json(answer).get("retryAfterSeconds").asInt()).isEqualTo(3600);
        assertThat(provider.received()).hasSize(1);
    }

    @Test
    void silenceEndsAtTheDeadline() {
        warmUp();
        store.restart(Map.of("bookstore.llm.deadline", SHORT_DEADLINE));
        provider.always(after(end, stream("late", 1, 1)));

        HttpResponse<String> answer = summarize();

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(json(answer).get("type").asText()).isEqualTo("urn:bookstore:problem:deadline-exceeded");
        assertThat(provider.received())
                .as("attempts; none where the deadline came first")
                .hasSizeLessThan(2);
    }

    @Test
    void silenceInTheMiddleOfAStreamEndsAtTheDeadline() {
        warmUp();
        store.restart(Map.of("bookstore.llm.deadline", SHORT_DEADLINE));
        provider.always(silenceAfterTheFirstToken(end));

        assertThat(summarize().statusCode()).isEqualTo(504);
    }

    @Test
    void streamThatBreaksOffIsAFailureAndNoSummary() {
        provider.always(brokenStream());

        HttpResponse<String> answer = summarize();

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).doesNotContain("Half a");
        assertThat(provider.received())
                .as("an answer that had begun is paid for")
                .hasSize(2);
    }

    @Test
    void answerWithoutATextIsAFailureAndNotKept() {
        provider.next(stream("", 5, 0));

        assertThat(summarize().statusCode()).isEqualTo(502);
        assertThat(json(store.running().post(path().replace("?refresh=true", ""), ""))
                        .get("cache")
                        .asText())
                .isEqualTo("miss");
    }

    @Test
    void requestToSlowDownWithoutATimeStillTellsTheClientWhenToComeBack() {
        store.restart(Map.of("bookstore.llm.resilience.max-attempts", "1"));
        provider.always(status(429, "{}"));

        HttpResponse<String> answer = summarize();

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
    }

    @Test
    void failureIsCountedByItsReason() {
        provider.always(status(401, "{}"));

        summarize();

        assertThat(store.running().metric("llm_failures_total", "provider=\"anthropic\"", "reason=\"authentication\""))
                .isEqualTo(1);
    }

    @Test
    void waitBetweenTwoAttemptsIsNoTimeOfTheProvider() {
        provider.next(status(429, "{}", "Retry-After", "1"));

        HttpResponse<String> answer = summarize();

        JsonNode summary = json(answer);
        assertThat(summary.get("attempts").asInt()).isEqualTo(2);
        String timing = answer.headers().firstValue("Server-Timing").orElseThrow();
        double total = Double.parseDouble(timing.replaceAll(".*total;dur=([0-9.]+).*", "$1"));
        // Both are rounded to a tenth of a millisecond.
        assertThat(total - summary.get("providerMs").asDouble()).isGreaterThan(999);
    }

    @Test
    void providerThatIsGoneIsAnUnreachableProvider() {
        try (ClosedPort gone = new ClosedPort()) {
            store.restart(
                    Map.of("bookstore.llm.providers.anthropic.base-url", "http://127.0.0.1:" + gone.number() + "/v1"));

            HttpResponse<String> answer = summarize();

            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(json(answer).get("detail").asText()).isEqualTo("The provider cannot be reached");
        }
    }

    /** The first summary of a JVM loads hundreds of classes, which is not what a deadline is for. */
    private void warmUp() {
        assertThat(summarize().statusCode()).isEqualTo(200);
        provider.reset();
    }

    private HttpResponse<String> summarize() {
        return store.running().post(path(), "");
    }

    private String path() {
        return store.book() + "/generate-summary?refresh=true";
    }
}
