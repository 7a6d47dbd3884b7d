package io.bookstore.api.llm;

import static io.bookstore.api.RunningStore.json;
import static io.bookstore.api.llm.ScriptedProvider.forwardTo;
import static io.bookstore.api.llm.ScriptedProvider.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.api.RunningStore;
import io.bookstore.api.llm.ScriptedProvider.Received;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of provider over its own wire format, which the simulator speaks; limits come from a server before it. */
class ProviderKindTest {

    private static final Map<String, String> SEMANTIC_NAMES = Map.of(
            "anthropic", "anthropic",
            "openai", "openai",
            "lmstudio", "lmstudio",
            "ollama", "ollama",
            "gemini", "gcp.gemini",
            "bedrock", "aws.bedrock");

    private static final SimulatorServer simulator =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final ScriptedProvider front = ScriptedProvider.start();
    private static RunningStore streamed;
    private static RunningStore whole;

    @BeforeAll
    static void start() {
        streamed = store(true);
        whole = store(false);
    }

    @AfterAll
    static void stop() {
        streamed.close();
        whole.close();
        front.close();
        simulator.close();
    }

    @AfterEach
    void reset() {
        front.reset();
    }

    static Stream<Arguments> providersAndModes() {
        return SEMANTIC_NAMES.keySet().stream()
                .sorted()
                .flatMap(name -> Stream.of(Arguments.of(name, true), Arguments.of(name, false)));
    }

    @ParameterizedTest
    @MethodSource("providersAndModes")
    void summaryTellsWhatTheProviderSaid(String provider, boolean streaming) {
        front.always(forwardTo(simulator.baseUrl()));

        HttpResponse<String> answer = summarize(provider, streaming);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode summary = json(answer);
        assertThat(summary.get("provider").asText()).isEqualTo(provider);
        assertThat(summary.get("aiGeneratedSummary").asText()).isNotBlank();
        assertThat(summary.get("model").asText()).isNotBlank();
        assertThat(summary.get("inputTokens").asInt()).isPositive();
        assertThat(summary.get("outputTokens").asInt()).isPositive();
        assertThat(summary.get("finishReason").asText()).isEqualTo("stop");
        assertThat(summary.has("timeToFirstTokenMs")).isEqualTo(streaming);
        assertThat(summary.get("simulated").asBoolean()).isFalse();
        assertThat(front.received().get(0).body()).contains("500", "0.7");
        assertThat((streaming ? streamed : whole)
                        .metric(
                                "gen_ai_client_operation_duration_seconds_count",
                                "gen_ai_provider_name=\"" + SEMANTIC_NAMES.get(provider) + "\""))
                .isPositive();
    }

    @ParameterizedTest
    @MethodSource("providersAndModes")
    void waitThatTheProviderAsksForIsHonoured(String provider, boolean streaming) {
        RunningStore store = streaming ? streamed : whole;
        double before = rateLimitedAttempts(store, provider);
        front.next(status(429, "{\"error\":{\"message\":\"slow down\"}}", "Retry-After", "1"))
                .always(forwardTo(simulator.baseUrl()));

        HttpResponse<String> answer = summarize(provider, streaming);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).get("attempts").asInt()).isEqualTo(2);
        List<Received> attempts = front.received();
        assertThat(attempts).hasSize(2);
        assertThat(attempts.get(1).nanoTime() - attempts.get(0).nanoTime())
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
        assertThat(rateLimitedAttempts(store, provider)).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void waitThatGoogleAsksForInTheBodyIsHonouredToo(boolean streaming) {
        front.always(status(
                429,
                "{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"details\":["
                        + "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\": \"119.25s\"}]}}"));

        HttpResponse<String> answer = summarize("gemini", streaming);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("120");
        assertThat(front.received()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("providersAndModes")
    void waitBeyondTheDeadlineReachesTheClientAtOnce(String provider, boolean streaming) {
        front.always(status(429, "{\"error\":{\"message\":\"slow down\"}}", "Retry-After", "120"));

        HttpResponse<String> answer = summarize(provider, streaming);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("120");
        assertThat(json(answer).get("type").asText()).isEqualTo("urn:bookstore:problem:rate-limited");
        assertThat(front.received()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("providersAndModes")
    void waitOfAnyLengthIsAWaitOfADay(String provider, boolean streaming) {
        front.always(status(429, "{\"error\":{\"message\":\"slow down\"}}", "Retry-After", "99999999999999"));

        HttpResponse<String> answer = summarize(provider, streaming);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("86400");
    }

    private static double rateLimitedAttempts(RunningStore store, String provider) {
        return store.metric(
                "llm_attempts_total",
                "gen_ai_provider_name=\"" + SEMANTIC_NAMES.get(provider) + "\"",
                "error_type=\"rate_limited\"");
    }

    private static HttpResponse<String> summarize(String provider, boolean streaming) {
        RunningStore store = streaming ? streamed : whole;
        String book =
                json(store.get("/api/v1/Books?pageSize=1")).at("/books/0/id").asText();
        return store.post("/api/v1/Books/" + book + "/generate-summary?refresh=true&provider=" + provider, "");
    }

    private static RunningStore store(boolean streaming) {
        Map<String, Object> settings = front.settings();
        settings.put("bookstore.llm.stream", streaming);
        for (String name : List.of("openai", "lmstudio")) {
            settings.put("bookstore.llm.providers." + name + ".base-url", front.uri() + "/v1");
            settings.put("bookstore.llm.providers." + name + ".api-key", "test-key");
        }
        settings.put("bookstore.llm.providers.ollama.base-url", front.uri().toString());
        settings.put("bookstore.llm.providers.gemini.base-url", front.uri() + "/v1beta");
        settings.put("bookstore.llm.providers.gemini.api-key", "test-key");
        settings.put("bookstore.llm.providers.bedrock.base-url", front.uri().toString());
        settings.put("bookstore.llm.providers.bedrock.api-key", "test-key");
        RunningStore store = RunningStore.start(settings);
        store.post("/seed-data", "");
        return store;
    }
}
