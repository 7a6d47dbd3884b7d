package io.bookstore.api.summary;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.api.RunningStore;
import io.bookstore.api.StartupException;
import io.bookstore.api.llm.ScriptedProvider;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Redis behind the cache in memory: what it gives, and that nothing that happens to it reaches a client. */
class RedisSummariesTest {

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        provider.close();
    }

    @Test
    void instancesShareSummariesThroughRedis() {
        RedisServer redis = opened(RedisServer.startOrSkip());
        RunningStore first = connected(redis);
        RunningStore second = connected(redis);
        summarize(first);

        JsonNode summary = json(summarize(second));

        assertThat(summary.get("cache").asText()).isEqualTo("hit");
        assertThat(summary.get("aiGeneratedSummary").asText()).isEqualTo("A tale of two people.");
        assertThat(summary.get("costUsd").doubleValue()).isZero();
        assertThat(provider.received()).hasSize(1);
        assertThat(second.metric("llm_cache_saved_tokens_total")).isEqualTo(19);
        // 12 input and 7 output tokens at 3 and 15 dollars a million
        assertThat(second.metric("llm_cache_saved_usd_total")).isEqualTo(0.000141);
    }

    @Test
    void instanceWithARealProviderFindsNothingThatTheSimulatorWrote() {
        RedisServer redis = opened(RedisServer.startOrSkip());
        RunningStore simulated = opened(RunningStore.start(Map.of("bookstore.cache.redis-uri", redis.uri())));
        simulated.post("/seed-data", "");
        RunningStore real = connected(redis);
        assertThat(json(summarize(simulated)).get("simulated").asBoolean()).isTrue();
        await().until(() -> redis.ask(RedisCommands::dbsize) == 1);

        JsonNode summary = json(summarize(real));

        assertThat(summary.get("cache").asText()).isEqualTo("miss");
        assertThat(summary.get("simulated").asBoolean()).isFalse();
    }

    @Test
    void valuesAreJsonAndEndWithTheTtlLessUpToATenth() throws IOException {
        RedisServer redis = opened(RedisServer.startOrSkip());

        summarize(connected(redis));

        List<String> keys = await().until(() -> redis.ask(commands -> commands.keys("*")), found -> !found.isEmpty());
        assertThat(keys).singleElement().asString().matches("bookstore:summary:1:[0-9a-f]{64}");
        String value = redis.ask(commands -> commands.get(keys.get(0)));
        assertThat(new ObjectMapper().readTree(value).get("text").asText()).isEqualTo("A tale of two people.");
        assertThat(redis.<Long>ask(commands -> commands.ttl(keys.get(0)))).isBetween(3_230L, 3_600L);
    }

    @Test
    void valueThatIsNoSummaryIsReplaced() {
        RedisServer redis = opened(RedisServer.startOrSkip());
        summarize(connected(redis));
        String key = await().until(() -> redis.ask(commands -> commands.keys("*")), found -> !found.isEmpty())
                .get(0);
        redis.ask(commands -> commands.set(key, "{\"text\":"));
        RunningStore store = connected(redis);

        assertThat(json(summarize(store)).get("cache").asText()).isEqualTo("miss");

        await().until(() -> redis.ask(commands -> commands.get(key)).endsWith("}"));
        assertThat(redisStatus(store)).isEqualTo("UP");
    }

    @Test
    void redisThatFreezesIsLeftAloneAndFoundAgain() {
        RedisServer redis = opened(RedisServer.startOrSkip());
        RunningStore store = connected(redis);
        redis.freeze();

        assertThat(json(summarize(store)).get("cache").asText()).isEqualTo("miss");
        assertThat(redisStatus(store)).isEqualTo("DEGRADED");
        assertThat(store.metric("llm_cache_requests_total", "result=\"error\"")).isPositive();
        redis.thaw();

        await().until(() -> redisStatus(store).equals("UP"));
    }

    @Test
    void redisThatDiesIsLeftAloneAndFoundAgain() {
        RedisServer redis = opened(RedisServer.startOrSkip());
        RunningStore store = connected(redis);
        redis.kill();

        assertThat(summarize(store).statusCode()).isEqualTo(200);
        await().until(() -> redisStatus(store).equals("DEGRADED"));
        redis.start();

        await().until(() -> redisStatus(store).equals("UP"));
        assertThat(redis.<Long>ask(RedisCommands::dbsize)).isZero();
        store.post(path(store) + "?refresh=true", "");
        await().until(() -> redis.ask(RedisCommands::dbsize) == 1);
    }

    /** A host behind a firewall that drops packets: a connection is neither made nor refused. */
    @Test
    void redisThatSwallowsPacketsHoldsNobodyUp() throws IOException {
        ServerSocket full = opened(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        for (int i = 0; i < 4; i++) {
            SocketChannel channel = opened(SocketChannel.open());
            channel.configureBlocking(false);
            channel.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()));
        }

        RunningStore store = start("redis://127.0.0.1:" + full.getLocalPort());

        // Lettuce waits ten seconds for a connection; a request that waited for one would be past its deadline of four.
        for (int i = 0; i < 3; i++) {
            assertThat(summarize(store).statusCode()).isEqualTo(200);
        }
        assertThat(store.metric("llm_cache_requests_total", "result=\"error\"")).isPositive();
        assertThat(redisStatus(store)).isEqualTo("DEGRADED");
        assertThat(store.get("/health/readiness").statusCode()).isEqualTo(200);
    }

    /** It accepts connections and never says a word. */
    @Test
    void redisThatNeverAnswersHoldsNobodyUp() throws IOException {
        ServerSocket silent = opened(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));

        RunningStore store = start("redis://127.0.0.1:" + silent.getLocalPort());

        assertThat(json(summarize(store)).get("cache").asText()).isEqualTo("miss");
        assertThat(json(summarize(store)).get("cache").asText()).isEqualTo("hit");
    }

    @Test
    void addressThatIsNoneEndsTheStart() {
        assertThatThrownBy(() -> start("localhost"))
                .isInstanceOf(StartupException.class)
                .hasMessage("REDIS_URI (bookstore.cache.redis-uri) is not a Redis address;"
                        + " it must look like redis://host:6379");
    }

    private RunningStore connected(RedisServer redis) {
        RunningStore store = start(redis.uri());
        await().until(() -> redisStatus(store).equals("UP"));
        return store;
    }

    private RunningStore start(String redisUri) {
        Map<String, Object> settings = provider.settings();
        settings.put("bookstore.cache.redis-uri", redisUri);
        settings.put("bookstore.llm.deadline", "4s");
        RunningStore store = opened(RunningStore.start(settings));
        store.post("/seed-data", "");
        return store;
    }

    private static HttpResponse<String> summarize(RunningStore store) {
        return store.post(path(store), "");
    }

    private static String path(RunningStore store) {
        String id =
                json(store.get("/api/v1/Books?pageSize=1")).at("/books/0/id").asText();
        return "/api/v1/Books/" + id + "/generate-summary";
    }

    private static String redisStatus(RunningStore store) {
        return json(store.get("/health")).at("/details/redis/status").asText();
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.add(part);
        return part;
    }
}
