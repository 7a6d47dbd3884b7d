package io.bookstore.api.summary;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.bookstore.api.llm.Deadline;
import io.bookstore.api.llm.Generation;
import io.bookstore.api.llm.LlmException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps summaries by what they were made of, and asks once for what many want at the same time.
 *
 * <p>Those who wait for another's answer get its failure as well; a failure is not kept. Redis, if configured, is asked
 * before the provider and told after it; whatever happens to Redis, the answer does not suffer.
 */
@Singleton
final class SummaryCache {

    // It logs each failed future with its stack trace; the failure is the answer of the request, and counted there.
    private static final Logger caffeineLogger = Logger.getLogger("com.github.benmanes.caffeine.cache");

    private final AsyncCache<String, Generation> entries;
    private final boolean enabled;
    private final Duration ttl;
    private final RedisSummaries redis;
    private final CacheMetrics metrics;

    SummaryCache(CacheConfig config, RedisSummaries redis, CacheMetrics metrics) {
        caffeineLogger.setLevel(Level.OFF);
        this.enabled = config.enabled();
        this.ttl = config.ttl();
        this.redis = redis;
        this.metrics = metrics;
        this.entries = Caffeine.newBuilder()
                .maximumSize(config.maxEntries())
                .expireAfter(Expiry.<String, Generation>creating((key, value) -> jitteredTtl()))
                .buildAsync();
    }

    /** A summary and where it came from. */
    record Found(Generation generation, CacheResult result) {}

    /**
     * Returns the known summary, or makes it.
     *
     * @param refresh whether to make it even if it is known
     * @param source asks the provider; called on this thread, at most once
     * @throws LlmException if it is not known and cannot be made
     */
    Found get(String key, boolean refresh, Deadline deadline, Supplier<Generation> source) {
        if (refresh || !enabled) {
            Found found = new Found(source.get(), CacheResult.BYPASS);
            if (enabled) {
                keep(key, found.generation());
            }
            return metrics.record(found);
        }
        CompletableFuture<Generation> mine = new CompletableFuture<>();
        CompletableFuture<Generation> entry = entries.get(key, (ignoredKey, ignoredExecutor) -> mine);
        if (entry != mine) {
            CacheResult result = entry.isDone() ? CacheResult.HIT : CacheResult.COALESCED;
            return metrics.record(new Found(await(entry, deadline), result));
        }
        return metrics.record(fill(key, mine, source));
    }

    private Found fill(String key, CompletableFuture<Generation> mine, Supplier<Generation> source) {
        try {
            Generation remembered = redis.find(key);
            if (remembered != null) {
                mine.complete(remembered);
                return new Found(remembered, CacheResult.HIT);
            }
            Generation generation = source.get();
            mine.complete(generation);
            redis.save(key, generation, jitteredTtl());
            return new Found(generation, CacheResult.MISS);
        } catch (RuntimeException | Error e) {
            // Caffeine forgets an entry that completes exceptionally.
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private void keep(String key, Generation generation) {
        entries.put(key, CompletableFuture.completedFuture(generation));
        redis.save(key, generation, jitteredTtl());
    }

    private static Generation await(CompletableFuture<Generation> entry, Deadline deadline) {
        try {
            return entry.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw LlmException.deadlineExceeded(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LlmException.deadlineExceeded(e);
        }
    }

    private Duration jitteredTtl() {
        return Duration.ofNanos(
                (long) (ttl.toNanos() * (0.9 + 0.1 * ThreadLocalRandom.current().nextDouble())));
    }
}
