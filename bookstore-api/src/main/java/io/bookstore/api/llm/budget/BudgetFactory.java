package io.bookstore.api.llm.budget;

import io.bookstore.api.llm.call.LlmConfig;
import io.bookstore.api.redis.RedisLink;
import io.bookstore.api.startup.StartupException;
import io.bookstore.llm.budget.Amount;
import io.bookstore.llm.budget.TokenBudget;
import io.bookstore.llm.budget.TokenBudgetBuilder;
import io.bookstore.llm.cost.PriceList;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The prices of the models, and the budget of the day. */
@Factory
final class BudgetFactory {

    @Singleton
    PriceList prices() {
        try {
            return PriceList.fromEnvironment(System.getenv());
        } catch (IllegalArgumentException e) {
            throw new StartupException(String.valueOf(e.getMessage()), e);
        }
    }

    @Singleton
    TokenBudget budget(LlmConfig config, @Nullable RedisLink redis, MeterRegistry registry) {
        return budget(config, Clock.systemUTC(), redis, registry);
    }

    /** Returns the budget of all instances if they share a Redis, else that of this one. */
    static TokenBudget budget(LlmConfig config, Clock clock, @Nullable RedisLink redis, MeterRegistry registry) {
        TokenBudgetBuilder builder =
                TokenBudget.builder(Amount.usd(config.dailyBudgetUsd())).clock(clock);
        if (redis != null) {
            builder.store("day-usd", new RedisBudgetStore(redis));
        }
        TokenBudget budget = builder.build();
        Gauge.builder("llm.budget.remaining.usd", budget, BudgetFactory::remainingUsd)
                .description("US dollars left until midnight UTC, those set aside for calls under way not included")
                .strongReference(true)
                .register(registry);
        return budget;
    }

    private static double remainingUsd(TokenBudget budget) {
        return budget.remaining().value().doubleValue();
    }
}
