package io.bookstore.api.summary.cache;

import static io.bookstore.api.RunningStore.json;
import static io.bookstore.api.summary.cache.CachingStores.ask;
import static io.bookstore.api.summary.cache.CachingStores.path;
import static io.bookstore.api.summary.cache.CachingStores.redisStatus;
import static io.bookstore.api.summary.cache.CachingStores.summarize;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.bookstore.api.RunningStore;
import io.bookstore.api.redis.RedisLink;
import io.bookstore.testing.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.LoggerFactory;

/** A Redis that fails behind the cache in memory: nothing that happens to it reaches a client. */
@Execution(ExecutionMode.CONCURRENT)
class RedisOutageTest {

    private static final String SUMMARIES = "bookstore:summary:*";

    /** The time limit for a Redis that does not answer. */
    private static final String IMPATIENT = "1s";

    private final CachingStores stores = new CachingStores();
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
        stores.close();
    }

    @Test
    void redisThatFreezesIsDegradedAndFoundAgain() {
        RedisServer redis = stores.opened(RedisServer.startOrSkip());
        RunningStore store = stores.connected(redis, Map.of("bookstore.cache.redis-timeout", IMPATIENT));
        redis.freeze();

        assertThat(json(summarize(store)).get("cache").asText()).isEqualTo("miss");
        assertThat(redisStatus(store)).isEqualTo("DEGRADED");
        assertThat(store.metric("llm_cache_requests_total", "result=\"error\"")).isPositive();
        redis.thaw();

        await().until(() -> redisStatus(store).equals("UP"));
    }

    @Test
    void redisThatDiesIsDegradedAndFoundAgain() {
        RedisServer redis = stores.opened(RedisServer.startOrSkip());
        RunningStore store = stores.connected(redis, Map.of("bookstore.cache.redis-timeout", IMPATIENT));
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
        ServerSocket full = stores.opened(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        for (int i = 0; i < 4; i++) {
            SocketChannel channel = stores.opened(SocketChannel.open());
            channel.configureBlocking(false);
            channel.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()));
        }

        RunningStore store = stores.start("redis://127.0.0.1:" + full.getLocalPort(), Map.of());

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
        ServerSocket silent = stores.opened(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));

        RunningStore store = stores.start("redis://127.0.0.1:" + silent.getLocalPort(), Map.of());

        assertLookUpWaitsForNothing(store);
        assertThat(json(summarize(store)).get("cache").asText()).isEqualTo("miss");
        assertThat(json(summarize(store)).get("cache").asText()).isEqualTo("hit");
    }

    @Test
    void refusalOfRedisIsToldInItsOwnWordsWithoutThePassword() {
        RedisServer redis = stores.opened(RedisServer.startOrSkip());
        ask(redis, commands -> commands.configSet("requirepass", "right"));

        RunningStore store = stores.start(redis.uri().replace("//", "//:hidden@"), Map.of());

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
        RedisServer redis = stores.opened(RedisServer.startOrSkip());
        RunningStore store = stores.connected(redis);
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

        assertThat(said(redis).subList(before, said(redis).size()))
                .satisfiesExactly(
                        outage -> assertThat(outage).contains("does not help at the moment"),
                        end -> assertThat(end).endsWith("answers again"));
    }

    /** The lines logged about this Redis. */
    private List<String> said(RedisServer redis) {
        String name = "Redis at 127.0.0.1:" + redis.port() + " ";
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(message -> message.startsWith(name))
                .toList();
    }
}
