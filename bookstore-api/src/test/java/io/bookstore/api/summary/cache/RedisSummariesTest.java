package io.bookstore.api.summary.cache;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.api.RunningStore;
import io.bookstore.api.llm.ScriptedProvider;
import io.bookstore.api.redis.RedisLink;
import io.bookstore.api.startup.StartupException;
import io.bookstore.testing.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.LoggerFactory;

/** Redis behind the cache in memory: what it gives, and that nothing that happens to it reaches a client. */
@Execution(ExecutionMode.CONCURRENT)
class RedisSummariesTest {

    private static final String SUMMARIES = "bookstore:summary:*";

    /** The time limit for a Redis that answers. */
    private static final String PATIENT = "2m";

    /** The time limit for a Redis that does not answer. */
    private static final String IMPATIENT = "1s";

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(RedisLink.class);

    @BeforeEach
    void listen() {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() throws Exception {
        logger.detachAppender(log);
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
        await().until(() -> redis.keys(SUMMARIES) == 1);

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
        RunningStore simulated = opened(RunningStore.start(
                Map.of("bookstore.cache.redis-uri", redis.uri(), "bookstore.cache.redis-timeout", PATIENT)));
        simulated.addBook();
        RunningStore real = connected(redis);
        await().until(() -> redisStatus(simulated).equals("UP"));
        assertThat(json(summarize(simulated)).get("simulated").asBoolean()).isTrue();
        await().until(() -> redis.keys(SUMMARIES) == 1);

        JsonNode summary = json(summarize(real));

        assertThat(summary.get("cache").asText()).isEqualTo("miss");
        assertThat(summary.get("simulated").asBoolean()).isFalse();
    }

    @Test
    void valuesAreJsonAndEndWithTheTtlLessUpToATenth() throws IOException {
        RedisServer redis = opened(RedisServer.startOrSkip());

        summarize(connected(redis, Map.of("bookstore.cache.ttl", "1000h")));

        List<String> keys =
                await().until(() -> ask(redis, commands -> commands.keys(SUMMARIES)), found -> !found.isEmpty());
        assertThat(keys).singleElement().asString().matches("bookstore:summary:1:[0-9a-f]{64}");
        String value = ask(redis, commands -> commands.get(keys.get(0)));
        assertThat(new ObjectMapper().readTree(value).get("text").asText()).isEqualTo("A tale of two people.");
        assertThat(RedisSummariesTest.<Long>ask(redis, commands -> commands.ttl(keys.get(0))))
                .as("seconds of a thousand hours, less a tenth at most, of which the test may take some minutes")
                .isBetween(3_239_000L, 3_600_000L);
    }

    @Test
    void valueThatIsNoSummaryIsReplaced() {
        RedisServer redis = opened(RedisServer.startOrSkip());
        summarize(connected(redis));
        String key = await().until(() -> ask(redis, commands -> commands.keys(SUMMARIES)), found -> !found.isEmpty())
                .get(0);
        ask(redis, commands -> commands.set(key, "{\"text\":"));
        RunningStore store = connected(redis);

        assertThat(json(summarize(store)).get("cache").asText()).isEqualTo("miss");

        await().until(() -> ask(redis, commands -> commands.get(key)).endsWith("}"));
        assertThat(redisStatus(store)).isEqualTo("UP");
    }

    @Test
    void redisThatFreezesIsLeftAloneAndFoundAgain() {
        RedisServer redis = opened(RedisServer.startOrSkip());
        RunningStore store = connected(redis, Map.of("bookstore.cache.redis-timeout", IMPATIENT));
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
        RunningStore store = connected(redis, Map.of("bookstore.cache.redis-timeout", IMPATIENT));
        redis.kill();

        assertThat(summarize(store).statusCode()).isEqualTo(200);
        await().until(() -> redisStatus(store).equals("DEGRADED"));
        redis.restart();

        await().until(() -> redisStatus(store).equals("UP"));
        assertThat(redis.keys(SUMMARIES)).isZero();
        await().until(() -> {
            store.post(path(store) + "?refresh=true", "");
            return redis.keys(SUMMARIES) == 1;
        });
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

        RunningStore store = start("redis://127.0.0.1:" + full.getLocalPort(), Map.of());

        assertLookUpWaitsForNothing(store);
        for (int i = 0; i < 3; i++) {
            assertThat(summarize(store).statusCode()).isEqualTo(200);
        }
        assertThat(redisStatus(store)).isEqualTo("DEGRADED");
        store.assertReady();
    }

    /** An interrupted thread ends each wait at once: a look-up that waited would not get as far as its count. */
    private static void assertLookUpWaitsForNothing(RunningStore store) {
        double before = store.metric("llm_cache_requests_total", "result=\"error\"");
        Thread.currentThread().interrupt();
        try {
            assertThat(store.store().context().getBean(RedisSummaries.class).find("any"))
                    .isNull();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(store.metric("llm_cache_requests_total", "result=\"error\"")).isEqualTo(before + 1);
    }

    /** It accepts connections and never says a word. */
    @Test
    void redisThatNeverAnswersHoldsNobodyUp() throws IOException {
        ServerSocket silent = opened(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));

        RunningStore store = start("redis://127.0.0.1:" + silent.getLocalPort(), Map.of());

        assertLookUpWaitsForNothing(store);
        assertThat(json(summarize(store)).get("cache").asText()).isEqualTo("miss");
        assertThat(json(summarize(store)).get("cache").asText()).isEqualTo("hit");
    }

    @Test
    void addressThatIsNoneEndsTheStart() {
        assertThatThrownBy(() -> start("localhost", Map.of()))
                .isInstanceOf(StartupException.class)
                .hasMessage("REDIS_URI (bookstore.cache.redis-uri) is not a Redis address;"
                        + " it must look like redis://host:6379");
    }

    @Test
    void refusalOfRedisIsToldInItsOwnWordsWithoutThePassword() {
        RedisServer redis = opened(RedisServer.startOrSkip());
        ask(redis, commands -> commands.configSet("requirepass", "right"));

        RunningStore store = start(redis.uri().replace("//", "//:hidden@"), Map.of());

        await().until(() -> redisStatus(store).equals("DEGRADED"));
        await().until(() -> !said(redis).isEmpty());
        assertThat(said(redis))
                .singleElement()
                .asString()
                .contains("does not help at the moment (WRONGPASS ")
                .doesNotContain("hidden");
    }

    @Test
    void outageIsOneLineAndItsEndAnotherWhateverTheFailuresAreCalled() throws IOException {
        RedisServer redis = opened(RedisServer.startOrSkip());
        RunningStore store = connected(redis);
        int before = said(redis).size();
        redis.kill();
        summarize(store);
        await().until(() -> redisStatus(store).equals("DEGRADED"));
        try (ServerSocket hangsUp = new ServerSocket(redis.port(), 50, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 2; i++) {
                hangsUp.accept().close();
            }
        }
        redis.restart();
        await().until(() -> redisStatus(store).equals("UP"));

        await().until(() -> said(redis).get(said(redis).size() - 1).endsWith("answers again"));
        assertThat(said(redis)).hasSize(before + 2);
    }

    /** Returns the answer that a client of its own gets. */
    private static <T> T ask(RedisServer redis, Function<RedisCommands<String, String>, T> question) {
        try (RedisClient client = RedisClient.create(redis.uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            return question.apply(connection.sync());
        }
    }

    /** The lines logged about this Redis. */
    private List<String> said(RedisServer redis) {
        String name = "Redis at 127.0.0.1:" + redis.port() + " ";
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(message -> message.startsWith(name))
                .toList();
    }

    private RunningStore connected(RedisServer redis) {
        return connected(redis, Map.of());
    }

    private RunningStore connected(RedisServer redis, Map<String, Object> overrides) {
        RunningStore store = start(redis.uri(), overrides);
        await().until(() -> redisStatus(store).equals("UP"));
        return store;
    }

    private RunningStore start(String redisUri, Map<String, Object> overrides) {
        Map<String, Object> settings = provider.settings();
        settings.put("bookstore.cache.redis-uri", redisUri);
        settings.put("bookstore.cache.redis-timeout", PATIENT);
        settings.putAll(overrides);
        RunningStore store = opened(RunningStore.start(settings));
        store.addBook();
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
