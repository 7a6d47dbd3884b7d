package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.cache.CacheMode;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.latency.Decode;
import io.bookstore.simulator.latency.LatencyModel;
import io.bookstore.simulator.latency.OutputLength;
import io.bookstore.simulator.latency.Prefill;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Stall;
import io.bookstore.simulator.limit.Limits;
import io.bookstore.simulator.simulation.Behaviour;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The usage that each provider tells of its cache, and its effect on latency and limits. */
class PromptCachingTest {

    private static final ObjectMapper json = new ObjectMapper();
    private static final String LONG = "A rule of the house. ".repeat(400); // 2,000 tokens and more

    // A microsecond for each token that is not in the cache, so that the journal's plan tells how many there were.
    private static final Profile profile = new Profile(
            "prefill",
            new LatencyModel(new Prefill(0, 0.001, 0), new Decode(0, 0, 0, 4), new Stall(0, 0, 0)),
            new OutputLength(16, 0, 16, 16));

    // Time stands still: no bucket is refilled, and nothing that is kept grows old.
    private final SimulatorServer server = SimulatorServer.start(
            SimulatorConfig.defaults()
                    .withPort(0)
                    .withBehaviour(Behaviour.defaults().withProfile(profile)),
            new HandClock());
    private final RawHttp http = new RawHttp(server.baseUrl());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anthropicWritesAtABreakpointAndThenReads() throws Exception {
        JsonNode first = usage("/v1/messages", anthropic("\"ttl\":\"1h\",", "one"), "/usage");
        JsonNode second = usage("/v1/messages", anthropic("\"ttl\":\"1h\",", "two"), "/usage");

        int kept = first.path("cache_creation_input_tokens").asInt();
        assertThat(kept).isGreaterThan(2_000);
        assertThat(first.at("/cache_creation/ephemeral_1h_input_tokens").asInt())
                .isEqualTo(kept);
        assertThat(first.path("cache_read_input_tokens").asInt()).isZero();
        assertThat(first.path("input_tokens").asInt()).isLessThan(30);
        assertThat(second.path("cache_creation_input_tokens").asInt()).isZero();
        assertThat(second.path("cache_read_input_tokens").asInt()).isEqualTo(kept);
        assertThat(second.path("input_tokens").asInt()).isLessThan(30);
    }

    @Test
    void anthropicKeepsNothingWithoutABreakpoint() throws Exception {
        String request = "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":50,\"system\":\"" + LONG
                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}";
        usage("/v1/messages", request, "/usage");

        JsonNode second = usage("/v1/messages", request, "/usage");

        assertThat(second.path("cache_read_input_tokens").asInt()).isZero();
        assertThat(second.path("input_tokens").asInt()).isGreaterThan(2_000);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, /usage/prompt_tokens_details/cached_tokens",
        "/v1/responses, /usage/input_tokens_details/cached_tokens",
        "/v1beta/models/gemini-2.5-flash:generateContent, /usageMetadata/cachedContentTokenCount"
    })
    void openAiAndGeminiKeepLongPromptsByThemselvesInWholeSteps(String path, String cached) throws Exception {
        JsonNode first = answer(path, automatic(path, "one"));
        JsonNode second = answer(path, automatic(path, "two"));

        assertThat(first.at(cached).asInt()).isZero();
        assertThat(second.at(cached).asInt()).isGreaterThanOrEqualTo(1_920);
        assertThat(second.at(cached).asInt() % 128).isZero();
    }

    @Test
    void bedrockCountsWhatItsCachePointsKeep() throws Exception {
        String path = "/model/anthropic.claude-3-5-sonnet-20241022-v2%3A0/converse";
        String request = "{\"system\":[{\"text\":\"" + LONG + "\"},{\"cachePoint\":{\"type\":\"default\"}}],"
                + "\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Emma\"}]}]}";

        JsonNode first = usage(path, request, "/usage");
        JsonNode second = usage(path, request, "/usage");

        int kept = first.path("cacheWriteInputTokens").asInt();
        assertThat(kept).isGreaterThan(2_000);
        assertThat(second.path("cacheReadInputTokens").asInt()).isEqualTo(kept);
        assertThat(second.path("totalTokens").asInt())
                .isEqualTo(kept
                        + second.path("inputTokens").asInt()
                        + second.path("outputTokens").asInt());
    }

    @Test
    void onlyTokensThatAreNotInTheCacheTakeTimeAndTheJournalTellsThem() throws Exception {
        http.post("/v1/messages", anthropic("", "one"));
        http.post("/v1/messages", anthropic("", "one"));

        List<Attempt> attempts = server.journal().attempts();
        Attempt.Tokens first = tokens(attempts.get(0));
        Attempt.Tokens second = tokens(attempts.get(1));
        assertThat(second.cacheRead()).isEqualTo(first.cacheWritten()).isGreaterThan(2_000);
        assertThat(plannedMs(attempts.get(0))).isEqualTo(first.input() * 0.001);
        assertThat(plannedMs(attempts.get(1))).isEqualTo((second.input() - second.cacheRead()) * 0.001);
        assertThat(RawHttp.body(http.get("/admin/journal")))
                .contains(
                        "\"cacheWriteTokens\":" + first.cacheWritten(), "\"cacheReadTokens\":" + first.cacheWritten());
    }

    @Test
    void anthropicsLimitDoesNotCountWhatIsReadFromTheCache() throws Exception {
        server.behave(server.behaviour().withLimits(Limits.NONE.withInputTokensPerMinute(2_500)));

        assertThat(http.post("/v1/messages", anthropic("", "one"))).startsWith("HTTP/1.1 200 ");
        assertThat(http.post("/v1/messages", anthropic("", "two"))).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void refusedRequestLeavesNothingInTheCache() throws Exception {
        http.post("/v1/messages", anthropic("", "one"), "x-simulator-fault: 529");

        assertThat(usage("/v1/messages", anthropic("", "one"), "/usage")
                        .path("cache_read_input_tokens")
                        .asInt())
                .isZero();
    }

    @Test
    void warmCacheGivesTheSamePlansAtOneAndAtSixtyFourThreads() throws Exception {
        Map<String, Attempt.Tokens> alone = tokensByKey(CacheMode.WARM, 1);
        Map<String, Attempt.Tokens> together = tokensByKey(CacheMode.WARM, 64);

        assertThat(together).isEqualTo(alone);
        assertThat(alone.values())
                .allSatisfy(tokens -> assertThat(tokens.cacheRead()).isGreaterThan(2_000));
    }

    @Test
    void cacheThatLearnsDiffersOnlyForThoseThatWrite() throws Exception {
        Map<String, Attempt.Tokens> alone = tokensByKey(CacheMode.ARRIVAL, 1);
        Map<String, Attempt.Tokens> together = tokensByKey(CacheMode.ARRIVAL, 64);

        assertThat(alone.values().stream().filter(tokens -> tokens.cacheWritten() > 0))
                .hasSize(1);
        together.forEach((key, tokens) -> {
            Attempt.Tokens before = Objects.requireNonNull(alone.get(key));
            if (tokens.cacheWritten() == 0 && before.cacheWritten() == 0) {
                assertThat(tokens).isEqualTo(before);
            }
            assertThat(tokens.cacheRead() + tokens.cacheWritten()).isGreaterThan(2_000);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"type":"forever"}                | system.0.cache_control.type: Input should be 'ephemeral'
        {"type":"ephemeral","ttl":"2h"}   | system.0.cache_control.ttl: Input should be '5m' or '1h'
        """)
    void wrongCacheControlGetsAnthropicsWords(String control, String message) throws Exception {
        String answer = http.post(
                "/v1/messages",
                "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":50,\"system\":[{\"type\":\"text\",\"text\":\"x\","
                        + "\"cache_control\":" + control
                        + "}],\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}");

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains(message);
    }

    @Test
    void fiveBreakpointsAreOneTooMany() throws Exception {
        String block = "{\"type\":\"text\",\"text\":\"x\",\"cache_control\":{\"type\":\"ephemeral\"}}";
        String answer = http.post(
                "/v1/messages",
                "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":["
                        + String.join(",", List.of(block, block, block, block, block)) + "]}]}");

        assertThat(answer).contains("A maximum of 4 blocks with cache_control may be provided. Found 5.");
    }

    private Map<String, Attempt.Tokens> tokensByKey(CacheMode mode, int threads) throws Exception {
        server.journal().clear();
        server.behave(server.behaviour().withPromptCache(mode));
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Callable<String>> calls = IntStream.range(0, 128)
                .mapToObj(i -> (Callable<String>)
                        () -> http.post("/v1/messages", anthropic("", "Title: Book " + i), "x-request-id: r-" + i))
                .collect(Collectors.toList());
        pool.invokeAll(calls);
        pool.shutdown();
        Map<String, Attempt.Tokens> tokens = new TreeMap<>();
        server.journal()
                .attempts()
                .forEach(attempt ->
                        tokens.put(attempt.key().requestKey(), attempt.result().tokens()));
        assertThat(tokens).hasSize(128);
        return tokens;
    }

    private static Attempt.Tokens tokens(Attempt attempt) {
        return Objects.requireNonNull(attempt.result().tokens());
    }

    private static double plannedMs(Attempt attempt) {
        return Objects.requireNonNull(attempt.planned()).durationMs();
    }

    private JsonNode usage(String path, String body, String pointer) throws Exception {
        return answer(path, body).at(pointer);
    }

    private JsonNode answer(String path, String body) throws Exception {
        return json.readTree(RawHttp.body(http.post(path, body)));
    }

    private static String anthropic(String lifetime, String question) {
        return "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":50,\"system\":[{\"type\":\"text\",\"text\":\"" + LONG
                + "\",\"cache_control\":{" + lifetime + "\"type\":\"ephemeral\"}}],\"messages\":[{\"role\":\"user\","
                + "\"content\":\"" + question + "\"}]}";
    }

    private static String automatic(String path, String question) {
        if (path.contains("gemini")) {
            return "{\"contents\":[{\"parts\":[{\"text\":\"" + LONG + question + "\"}]}]}";
        }
        return path.endsWith("responses")
                ? "{\"model\":\"gpt-4o-mini\",\"input\":\"" + LONG + question + "\"}"
                : "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"" + LONG + question
                        + "\"}]}";
    }
}
