package io.bookstore.api.redis;

import io.bookstore.api.health.HealthDetail;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes Redis for {@code /health}. */
@Singleton
final class RedisHealth implements HealthDetail {

    private final @Nullable RedisLink redis;

    RedisHealth(@Nullable RedisLink redis) {
        this.redis = redis;
    }

    @Override
    public String part() {
        return "redis";
    }

    @Override
    public Map<String, Object> describe() {
        if (redis == null) {
            return Map.of("status", "OFF");
        }
        return Map.of("status", redis.commands() != null ? "UP" : "DEGRADED");
    }
}
