package io.bookstore.api.summary.cache;

import io.bookstore.api.health.HealthDetail;
import jakarta.inject.Singleton;
import java.util.Map;

/** Describes Redis for {@code /health}. */
@Singleton
final class RedisHealth implements HealthDetail {

    private final RedisSummaries redis;

    RedisHealth(RedisSummaries redis) {
        this.redis = redis;
    }

    @Override
    public String part() {
        return "redis";
    }

    @Override
    public Map<String, Object> describe() {
        if (!redis.configured()) {
            return Map.of("status", "OFF");
        }
        return Map.of("status", redis.healthy() ? "UP" : "DEGRADED");
    }
}
