package io.bookstore.api.summary.cache;

import static io.bookstore.api.RunningStore.json;
import static org.awaitility.Awaitility.await;

import io.bookstore.api.RunningStore;
import io.bookstore.api.llm.ScriptedProvider;
import io.bookstore.testing.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Instances of the service whose summaries come from one scripted provider and are kept in Redis; all are closed together. */
final class CachingStores implements AutoCloseable {

    /** The time limit for a Redis that answers. */
    static final String PATIENT = "2m";

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final List<AutoCloseable> opened = new ArrayList<>();

    <T extends AutoCloseable> T opened(T part) {
        opened.add(part);
        return part;
    }

    RunningStore connected(RedisServer redis) {
        return connected(redis, Map.of());
    }

    RunningStore connected(RedisServer redis, Map<String, Object> overrides) {
        RunningStore store = start(redis.uri(), overrides);
        await().until(() -> redisStatus(store).equals("UP"));
        return store;
    }

    RunningStore start(String redisUri, Map<String, Object> overrides) {
        Map<String, Object> settings = provider.settings();
        settings.put("bookstore.cache.redis-uri", redisUri);
        settings.put("bookstore.cache.redis-timeout", PATIENT);
        settings.putAll(overrides);
        RunningStore store = opened(RunningStore.start(settings));
        store.addBook();
        return store;
    }

    /** Returns the requests that the provider got. */
    List<ScriptedProvider.Received> received() {
        return provider.received();
    }

    static HttpResponse<String> summarize(RunningStore store) {
        return store.post(path(store), "");
    }

    static String path(RunningStore store) {
        String id =
                json(store.get("/api/v1/Books?pageSize=1")).at("/books/0/id").asText();
        return "/api/v1/Books/" + id + "/generate-summary";
    }

    static String redisStatus(RunningStore store) {
        return json(store.get("/health")).at("/details/redis/status").asText();
    }

    /** Returns the answer that a client of its own gets. */
    static <T> T ask(RedisServer redis, Function<RedisCommands<String, String>, T> question) {
        try (RedisClient client = RedisClient.create(redis.uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            return question.apply(connection.sync());
        }
    }

    @Override
    public void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        provider.close();
    }
}
