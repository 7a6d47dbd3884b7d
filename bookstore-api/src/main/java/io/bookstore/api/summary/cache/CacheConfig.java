package io.bookstore.api.summary.cache;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * The cache of summaries, from {@code bookstore.cache}.
 *
 * @param enabled whether summaries are kept at all
 * @param ttl how long a summary is kept, above 0; up to a tenth less, so that entries written together do not all end
 *     together
 * @param failureTtl how long a failure is kept if the same request would fail again; 0 keeps none
 * @param maxEntries most entries in memory; at least 1
 * @param redisUri address of a Redis in which all instances share summaries and the budget of the day; off if empty
 * @param redisTimeout longest wait for Redis; at least 1ms
 */
@ConfigurationProperties("bookstore.cache")
record CacheConfig(
        @Bindable(defaultValue = "true") boolean enabled,
        @Bindable(defaultValue = "1h") Duration ttl,
        @Bindable(defaultValue = "60s") Duration failureTtl,
        @Bindable(defaultValue = "10000") long maxEntries,
        @Bindable(defaultValue = "") String redisUri,
        @Bindable(defaultValue = "50ms") Duration redisTimeout) {

    CacheConfig {
        if (ttl.toMillis() < 1) {
            throw new IllegalArgumentException("bookstore.cache.ttl must be > 0, was " + ttl);
        }
        if (failureTtl.isNegative()) {
            throw new IllegalArgumentException("bookstore.cache.failure-ttl must be >= 0, was " + failureTtl);
        }
        if (maxEntries < 1) {
            throw new IllegalArgumentException("bookstore.cache.max-entries must be >= 1, was " + maxEntries);
        }
        if (redisTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("bookstore.cache.redis-timeout must be >= 1ms, was " + redisTimeout);
        }
    }
}
