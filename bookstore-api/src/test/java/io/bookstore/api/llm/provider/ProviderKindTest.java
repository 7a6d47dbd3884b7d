package io.bookstore.api.llm.provider;

import static io.bookstore.api.RunningStore.json;
import static io.bookstore.api.llm.ScriptedProvider.forwardTo;
import static io.bookstore.api.llm.ScriptedProvider.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.api.RunningStore;
import io.bookstore.api.llm.ScriptedProvider;
import io.bookstore.api.llm.ScriptedProvider.Received;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every kind of provider over its own wire format, which the simulator speaks; limits come from a server before it, of
 * which each provider has its own.
 */
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
    private static final Map<String, ScriptedProvider> fronts = ConfiguredProvider.names().stream()
            .collect(Collectors.toMap(name -> name, name -> ScriptedProvider.start()));
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
        fronts.values().forEach(ScriptedProvider::close);
        simulator.close();
    }

    @AfterEach
    void reset() {
        fronts.values().forEach(ScriptedProvider::reset);
    }

    @ParameterizedTest
    @EnumSource
    void everyKindIsThatOfAConfiguredProvider(ProviderKind kind) {
        assertThat(ConfiguredProvider.all())
                .extracting(ConfiguredProvider::kind)
                .contains(kind);
    }

    @Test
    void everyConfiguredProviderHasItsNameOnTheWireHere() {
        assertThat(SEMANTIC_NAMES).containsOnlyKeys(ConfiguredProvider.names());
    }

    static Stream<Arguments> providersAndModes() {
        return ConfiguredProvider.names().stream()
                .flatMap(name -> Stream.of(Arguments.of(name, true), Arguments.of(name, false)));
    }

    @ParameterizedTest
    @MethodSource("providersAndModes")
    void summaryTellsWhatTheProviderSaid(String provider, boolean streaming) {
        front(provider).always(forwardTo(simulator.baseUrl()));

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
        assertThat(front(provider).received().get(0).body()).contains("500", "0.7");
        assertThat((streaming ? streamed : whole)
                        .metric(
                                "gen_ai_client_operation_duration_seconds_count",
                                "gen_ai_provider_name=\"" + SEMANTIC_NAMES.get(provider) + "\""))
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void waitThatEachProviderAsksForIsHonoured(boolean streaming) {
        RunningStore store = streaming ? streamed : whole;
        Map<String, Double> before = rateLimitedAttempts(store);
        fronts.values()
                .forEach(front -> front.next(status(429, "{\"error\":{\"message\":\"slow down\"}}", "Retry-After", "1"))
                        .always(forwardTo(simulator.baseUrl())));

        Map<String, CompletableFuture<HttpResponse<String>>> answers = new TreeMap<>();
        fronts.keySet().forEach(provider -> answers.put(provider, ask(provider, streaming)));

        answers.forEach((provider, asked) -> {
            HttpResponse<String> answer = asked.join();
            assertThat(answer.statusCode()).as(provider + answer.body()).isEqualTo(200);
            assertThat(json(answer).get("attempts").asInt()).as(provider).isEqualTo(2);
            List<Received> attempts = front(provider).received();
            assertThat(attempts).as(provider).hasSize(2);
            assertThat(attempts.get(1).nanoTime() - attempts.get(0).nanoTime())
                    .as(provider)
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
        });
        before.replaceAll((provider, count) -> count + 1);
        assertThat(rateLimitedAttempts(store)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void waitThatGoogleAsksForInTheBodyIsHonouredToo(boolean streaming) {
        front("gemini")
                .always(
                        status(
                                429,
                                "{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"details\":["
                                        + "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\": \"3599.25s\"}]}}"));

        HttpResponse<String> answer = summarize("gemini", streaming);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("3600");
        assertThat(front("gemini").received()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("providersAndModes")
    void waitBeyondTheDeadlineReachesTheClientAtOnce(String provider, boolean streaming) {
        front(provider).always(status(429, "{\"error\":{\"message\":\"slow down\"}}", "Retry-After", "3600"));

        HttpResponse<String> answer = summarize(provider, streaming);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("3600");
        assertThat(json(answer).get("type").asText()).isEqualTo("urn:bookstore:problem:rate-limited");
        assertThat(front(provider).received()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("providersAndModes")
    void waitOfAnyLengthIsAWaitOfADay(String provider, boolean streaming) {
        front(provider).always(status(429, "{\"error\":{\"message\":\"slow down\"}}", "Retry-After", "99999999999999"));

        HttpResponse<String> answer = summarize(provider, streaming);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("86400");
    }

    private static ScriptedProvider front(String provider) {
        return Objects.requireNonNull(fronts.get(provider));
    }

    private static Map<String, Double> rateLimitedAttempts(RunningStore store) {
        Map<String, Double> counts = new TreeMap<>();
        SEMANTIC_NAMES.forEach((provider, name) -> counts.put(
                provider,
                store.metric(
                        "llm_attempts_total", "gen_ai_provider_name=\"" + name + "\"", "error_type=\"rate_limited\"")));
        return counts;
    }

    private static HttpResponse<String> summarize(String provider, boolean streaming) {
        return ask(provider, streaming).join();
    }

    private static CompletableFuture<HttpResponse<String>> ask(String provider, boolean streaming) {
        RunningStore store = streaming ? streamed : whole;
        String book =
                json(store.get("/api/v1/Books?pageSize=1")).at("/books/0/id").asText();
        return store.client()
                .sendAsync(
                        store.request(
                                "POST",
                                "/api/v1/Books/" + book + "/generate-summary?refresh=true&provider=" + provider,
                                ""),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static RunningStore store(boolean streaming) {
        Map<String, Object> settings = front("anthropic").settings();
        settings.put("bookstore.llm.stream", streaming);
        ConfiguredProvider.all()
                .forEach(provider ->
                        settings.putAll(provider.askedAt(front(provider.name()).uri())));
        RunningStore store = RunningStore.start(settings);
        store.post("/seed-data", "");
        return store;
    }
}
