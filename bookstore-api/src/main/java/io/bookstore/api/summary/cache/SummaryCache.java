package io.bookstore.api.summary.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.bookstore.api.http.connection.ClientConnection;
import io.bookstore.api.llm.call.Deadline;
import io.bookstore.api.llm.call.LlmAnswer;
import io.bookstore.api.llm.call.LlmException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Keeps summaries by what they were made of, and asks once for what many want at the same time.
 *
 * <p>Those who wait for another's answer get its failure as well. A failure that the same request would meet again is
 * kept for a moment, others are not. Redis, if configured, is asked before the provider and told after it; whatever
 * happens to Redis, the answer does not suffer.
 */
@Singleton
public final class SummaryCache {

    private final AsyncCache<String, LlmAnswer> entries;
    private final Cache<String, LlmException> refusals;
    private final boolean enabled;
    private final Duration ttl;
    private final RedisSummaries redis;
    private final CacheMetrics metrics;

    SummaryCache(CacheConfig config, RedisSummaries redis, CacheMetrics metrics) {
        this.enabled = config.enabled();
        this.ttl = config.ttl();
        this.redis = redis;
        this.metrics = metrics;
        // Caffeine's default is the common pool, which with two processors is a thread for each entry before JDK 25.
        this.entries = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(config.maxEntries())
                .expireAfter(Expiry.<String, LlmAnswer>creating((key, value) -> jitteredTtl()))
                .buildAsync();
        this.refusals = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(config.maxEntries())
                .expireAfterWrite(config.failureTtl())
                .build();
    }

    /** A summary and where it came from. */
    public record Found(LlmAnswer answer, CacheResult result) {}

    /**
     * Returns the known summary, or makes it.
     *
     * @param refresh true to make a new one even if one is known
     * @param source asks the provider; called on this thread, at most once, and interrupted if nobody waits any more
     * @throws LlmException if it is not known and cannot be made
     */
    public Found get(
            String key, boolean refresh, Deadline deadline, ClientConnection client, Supplier<LlmAnswer> source) {
        if (refresh || !enabled) {
            Found found = new SharedCall(() -> new Found(source.get(), CacheResult.BYPASS)).run(client);
            if (enabled) {
                keep(key, found.answer());
            }
            return metrics.record(found);
        }
        LlmException refusal = refusals.getIfPresent(key);
        if (refusal != null) {
            metrics.recordRefusal();
            throw refusal.withoutCause();
        }
        while (true) {
            SharedCall mine = new SharedCall(() -> remembered(key, source));
            CompletableFuture<LlmAnswer> entry = entries.get(key, (ignoredKey, ignoredExecutor) -> mine);
            if (entry == mine) {
                return metrics.record(fill(key, mine, client));
            }
            if (!(entry instanceof SharedCall other)) {
                return metrics.record(new Found(entry.join(), CacheResult.HIT));
            }
            if (other.tryJoin()) {
                CacheResult result = other.isDone() ? CacheResult.HIT : CacheResult.COALESCED;
                return metrics.record(new Found(other.await(deadline, client), result));
            }
            entries.asMap().remove(key, other);
        }
    }

    private Found remembered(String key, Supplier<LlmAnswer> source) {
        LlmAnswer remembered = redis.find(key);
        return remembered == null ? new Found(source.get(), CacheResult.MISS) : new Found(remembered, CacheResult.HIT);
    }

    private Found fill(String key, SharedCall mine, ClientConnection client) {
        try {
            // Caffeine forgets an entry that completes exceptionally.
            Found found = mine.run(client);
            if (found.result() == CacheResult.MISS) {
                redis.save(key, found.answer(), jitteredTtl());
            }
            return found;
        } catch (LlmException e) {
            if (e.failure().cacheable()) {
                refusals.put(key, e.withoutCause());
            }
            throw e;
        }
    }

    private void keep(String key, LlmAnswer answer) {
        refusals.invalidate(key);
        entries.put(key, CompletableFuture.completedFuture(answer));
        redis.save(key, answer, jitteredTtl());
    }

    private Duration jitteredTtl() {
        return Duration.ofNanos(
                (long) (ttl.toNanos() * (0.9 + 0.1 * ThreadLocalRandom.current().nextDouble())));
    }
}
