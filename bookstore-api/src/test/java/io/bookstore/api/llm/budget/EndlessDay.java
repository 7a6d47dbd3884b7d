package io.bookstore.api.llm.budget;

import io.bookstore.api.llm.call.LlmConfig;
import io.bookstore.api.redis.RedisLink;
import io.bookstore.llm.budget.TokenBudget;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Stops the calendar of the daily budget an hour before midnight, where the setting {@code test.endless-day} asks for it. */
@Factory
@Requires(property = "test.endless-day")
final class EndlessDay {

    private static final Clock ELEVEN_AT_NIGHT = Clock.fixed(Instant.parse("2026-03-01T23:00:00Z"), ZoneOffset.UTC);

    @Singleton
    @Replaces(value = TokenBudget.class, factory = BudgetFactory.class)
    TokenBudget budget(LlmConfig config, @Nullable RedisLink redis, MeterRegistry registry) {
        return BudgetFactory.budget(config, ELEVEN_AT_NIGHT, redis, registry);
    }
}
