package io.bookstore.api.summary.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.api.llm.call.LlmAnswer;
import io.bookstore.api.redis.RedisLink;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Summaries in Redis as JSON, shared by all instances of the service. Does nothing if Redis is not configured.
 *
 * <p>It can help and cannot hurt: a request waits for one answer of a connection that is there, at most the configured
 * time, and for nothing else. Each look-up that had to do without Redis is counted.
 */
@Singleton
final class RedisSummaries {

    // Part of the key, so that a release that reads another shape does not read this one.
    private static final String PREFIX = "bookstore:summary:1:";
    private static final Logger logger = LoggerFactory.getLogger(RedisSummaries.class);

    private final CacheMetrics metrics;
    private final ObjectMapper json;
    private final @Nullable RedisLink link;

    RedisSummaries(CacheMetrics metrics, ObjectMapper json, @Nullable RedisLink link) {
        this.metrics = metrics;
        this.json = json;
        this.link = link;
    }

    /** The remembered summary; null if there is none or Redis does not answer. */
    @Nullable
    LlmAnswer find(String key) {
        if (link == null) {
            return null;
        }
        RedisAsyncCommands<String, String> commands = link.commands();
        if (commands == null) {
            metrics.recordError();
            return null;
        }
        try {
            String value = commands.get(PREFIX + key)
                    .toCompletableFuture()
                    .get(link.commandTimeout().toNanos(), TimeUnit.NANOSECONDS);
            return value == null ? null : read(key, value);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            reportFailure(link, e);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Remembers a summary for as long; nobody waits for it. */
    void save(String key, LlmAnswer answer, Duration ttl) {
        RedisAsyncCommands<String, String> commands = link == null ? null : link.commands();
        if (link == null || commands == null) {
            return;
        }
        try {
            var unused = commands.set(PREFIX + key, json.writeValueAsString(answer), SetArgs.Builder.px(ttl))
                    .whenComplete((ok, failure) -> {
                        if (failure != null) {
                            reportFailure(link, failure);
                        }
                    });
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of strings and numbers can always be written", e);
        } catch (RuntimeException e) {
            reportFailure(link, e);
        }
    }

    /** Reads a summary; null for a value that is none, which the next summary replaces. */
    private @Nullable LlmAnswer read(String key, String value) {
        try {
            return json.readValue(value, LlmAnswer.class);
        } catch (JsonProcessingException e) {
            metrics.recordError();
            logger.warn("The value of {}{} in Redis is no summary; it will be replaced", PREFIX, key);
            return null;
        }
    }

    private void reportFailure(RedisLink redis, Throwable failure) {
        metrics.recordError();
        redis.reportFailure(failure);
    }
}
