package io.bookstore.api.summary.cache;

import static io.bookstore.api.RunningStore.json;
import static io.bookstore.api.summary.cache.CachingStores.ask;
import static io.bookstore.api.summary.cache.CachingStores.redisStatus;
import static io.bookstore.api.summary.cache.CachingStores.summarize;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.api.RunningStore;
import io.bookstore.api.startup.StartupException;
import io.bookstore.testing.RedisServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Redis behind the cache in memory: what instances share through it. */
@Execution(ExecutionMode.CONCURRENT)
class RedisSummariesTest {

    private static final String SUMMARIES = "bookstore:summary:*";

    private final CachingStores stores = new CachingStores();

    @AfterEach
    void stop() throws Exception {
        stores.close();
    }

    @Test
    void instancesShareSummariesThroughRedis() {
        RedisServer redis = stores.opened(RedisServer.startOrSkip());
        RunningStore first = stores.connected(redis);
        RunningStore second = stores.connected(redis);
        summarize(first);
        await().until(() -> redis.keys(SUMMARIES) == 1);

        JsonNode summary = json(summarize(second));

        assertThat(summary.get("cache").asText()).isEqualTo("hit");
        assertThat(summary.get("aiGeneratedSummary").asText()).isEqualTo("A tale of two people.");
        assertThat(summary.get("costUsd").doubleValue()).isZero();
        assertThat(stores.received()).hasSize(1);
        assertThat(second.metric("llm_cache_saved_tokens_total")).isEqualTo(19);
        // 12 input and 7 output tokens at 3 and 15 dollars a million
        assertThat(second.metric("llm_cache_saved_usd_total")).isEqualTo(0.000141);
    }

    @Test
    void instanceWithARealProviderFindsNothingThatTheSimulatorWrote() {
        RedisServer redis = stores.opened(RedisServer.startOrSkip());
        RunningStore simulated = stores.opened(RunningStore.start(Map.of(
                "bookstore.cache.redis-uri", redis.uri(), "bookstore.cache.redis-timeout", CachingStores.PATIENT)));
        simulated.addBook();
        RunningStore real = stores.connected(redis);
        await().until(() -> redisStatus(simulated).equals("UP"));
        assertThat(json(summarize(simulated)).get("simulated").asBoolean()).isTrue();
        await().until(() -> redis.keys(SUMMARIES) == 1);

        JsonNode summary = json(summarize(real));

        assertThat(summary.get("cache").asText()).isEqualTo("miss");
        assertThat(summary.get("simulated").asBoolean()).isFalse();
    }

    @Test
    void valuesAreJsonAndEndWithTheTtlLessUpToATenth() throws IOException {
        RedisServer redis = stores.opened(RedisServer.startOrSkip());

        summarize(stores.connected(redis, Map.of("bookstore.cache.ttl", "1000h")));

        List<String> keys =
                await().until(() -> ask(redis, commands -> commands.keys(SUMMARIES)), found -> !found.isEmpty());
        assertThat(keys).singleElement().asString().matches("bookstore:summary:1:[0-9a-f]{64}");
        String value = ask(redis, commands -> commands.get(keys.get(0)));
        assertThat(new ObjectMapper().readTree(value).get("text").asText()).isEqualTo("A tale of two people.");
        assertThat(CachingStores.<Long>ask(redis, commands -> commands.ttl(keys.get(0))))
                .as("seconds of a thousand hours, less a tenth at most, of which the test may take some minutes")
                .isBetween(3_239_000L, 3_600_000L);
    }

    @Test
    void valueThatIsNoSummaryIsReplaced() {
        RedisServer redis = stores.opened(RedisServer.startOrSkip());
        summarize(stores.connected(redis));
        String key = await().until(() -> ask(redis, commands -> commands.keys(SUMMARIES)), found -> !found.isEmpty())
                .get(0);
        ask(redis, commands -> commands.set(key, "{\"text\":"));
        RunningStore store = stores.connected(redis);

        assertThat(json(summarize(store)).get("cache").asText()).isEqualTo("miss");

        await().until(() -> ask(redis, commands -> commands.get(key)).endsWith("}"));
        assertThat(redisStatus(store)).isEqualTo("UP");
    }

    @Test
    void addressThatIsNoneEndsTheStart() {
        assertThatThrownBy(() -> stores.start("localhost", Map.of()))
                .isInstanceOf(StartupException.class)
                .hasMessage("REDIS_URI (bookstore.cache.redis-uri) is not a Redis address;"
                        + " it must look like redis://host:6379");
    }
}
