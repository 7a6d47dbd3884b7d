package io.bookstore.api.llm.budget;

import io.bookstore.api.llm.call.LlmConfig;
import io.bookstore.api.startup.StartupException;
import io.bookstore.llm.cost.PriceList;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;

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
    DailyBudget budget(LlmConfig config, MeterRegistry registry) {
        return new DailyBudget(config.dailyBudgetUsd(), Clock.systemUTC(), registry);
    }
}
