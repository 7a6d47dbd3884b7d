package io.bookstore.api.summary.cache;

import io.bookstore.api.redis.RedisLink;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** The connection to Redis, if there is an address. */
@Factory
final class RedisFactory {

    @Singleton
    @Bean(preDestroy = "close")
    @Requires(property = "bookstore.cache.redis-uri", pattern = "(?s).*\\S.*")
    RedisLink redis(CacheConfig config) {
        return RedisLink.to(config.redisUri(), config.redisTimeout());
    }
}
