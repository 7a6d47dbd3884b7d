package io.bookstore.api.summary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.api.StartupException;
import io.bookstore.api.llm.Generation;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Summaries in Redis, shared by all instances of the service. Does nothing if Redis is not configured.
 *
 * <p>It can help and cannot hurt: a command waits at most the configured time, a connection that is gone refuses
 * commands at once instead of queueing them, and after a failure Redis is left alone for a moment.
 */
@Singleton
final class RedisSummaries {

    // Part of the key, so that a release that reads another shape does not read this one.
    private static final String PREFIX = "bookstore:summary:1:";
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Logger logger = LoggerFactory.getLogger(RedisSummaries.class);

    private final CacheConfig config;
    private final CacheMetrics metrics;
    private final ObjectMapper json;
    private final @Nullable RedisClient client;
    private final AtomicLong pausedUntilNanos = new AtomicLong(System.nanoTime());
    private volatile @Nullable StatefulRedisConnection<String, String> connection;

    RedisSummaries(CacheConfig config, CacheMetrics metrics, ObjectMapper json) {
        this.config = config;
        this.metrics = metrics;
        this.json = json;
        this.client = config.redisUri().isBlank() ? null : client(config);
    }

    private static RedisClient client(CacheConfig config) {
        RedisURI uri;
        try {
            uri = RedisURI.create(config.redisUri());
        } catch (IllegalArgumentException e) {
            throw new StartupException(
                    "REDIS_URI (bookstore.cache.redis-uri) is not a Redis address;"
                            + " it must look like redis://host:6379",
                    null);
        }
        uri.setTimeout(config.redisTimeout());
        RedisClient client = RedisClient.create(uri);
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(config.redisTimeout()))
                .build());
        return client;
    }

    /** Whether Redis is configured. */
    boolean configured() {
        return client != null;
    }

    /** Whether Redis answered the last time it was asked; meaningless if it is not configured. */
    boolean healthy() {
        return System.nanoTime() - pausedUntilNanos.get() >= 0;
    }

    /** The remembered summary; null if there is none or Redis does not answer. */
    @Nullable
    Generation find(String key) {
        if (client == null || !healthy()) {
            return null;
        }
        try {
            String value = connection(client).sync().get(PREFIX + key);
            return value == null ? null : json.readValue(value, Generation.class);
        } catch (RuntimeException | JsonProcessingException e) {
            pause(e);
            return null;
        }
    }

    /** Remembers a summary; nobody waits for it. */
    void save(String key, Generation generation) {
        if (client == null || !healthy()) {
            return;
        }
        try {
            var unused = connection(client)
                    .async()
                    .set(PREFIX + key, json.writeValueAsString(generation), SetArgs.Builder.px(config.ttl()))
                    .whenComplete((ok, failure) -> {
                        if (failure != null) {
                            pause(failure);
                        }
                    });
        } catch (RuntimeException | JsonProcessingException e) {
            pause(e);
        }
    }

    private synchronized StatefulRedisConnection<String, String> connection(RedisClient redis) {
        StatefulRedisConnection<String, String> current = connection;
        if (current == null) {
            current = redis.connect();
            connection = current;
        }
        return current;
    }

    private void pause(Throwable failure) {
        if (healthy()) {
            logger.warn(
                    "Redis does not help at the moment: {}", failure.getClass().getSimpleName());
        }
        metrics.recordError();
        pausedUntilNanos.set(System.nanoTime() + PAUSE_AFTER_FAILURE.toNanos());
    }

    @PreDestroy
    void close() {
        if (client != null) {
            client.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }
}
