package io.bookstore.llm.budget;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Settings of a budget. */
public final class TokenBudgetBuilder {

    private static final Duration LONGEST_PERIOD = Duration.ofDays(366);

    private final Amount limit;
    private Clock clock;
    private Duration period = Duration.ofDays(1);
    private int maxKeys = 10_000;
    private String name = "";
    // Null for memory: each budget that is built gets its own.
    private @Nullable BudgetStore store;

    TokenBudgetBuilder(Amount limit, Clock clock) {
        if (!limit.fitsLimit()) {
            throw new IllegalArgumentException(
                    "The limit of a budget must be at most " + limit.unit().largestLimit() + ", was " + limit);
        }
        this.limit = limit;
        this.clock = clock;
    }

    /**
     * Sets the length of a period; a day by default.
     *
     * @param period whole seconds, 1 second to 366 days
     */
    public TokenBudgetBuilder period(Duration period) {
        if (period.toSeconds() < 1 || period.compareTo(LONGEST_PERIOD) > 0 || period.getNano() != 0) {
            throw new IllegalArgumentException(
                    "The period of a budget must be whole seconds, 1 second to 366 days, was " + period);
        }
        this.period = period;
        return this;
    }

    /**
     * Sets the number of keys that have a budget of their own in a period; 10,000 by default. Further keys share one, so
     * that neither memory nor spending is without bound where a caller makes keys up.
     *
     * @param maxKeys at least 1; the budget without a key is one of them
     */
    public TokenBudgetBuilder maxKeys(int maxKeys) {
        if (maxKeys < 1) {
            throw new IllegalArgumentException("The number of keys of a budget must be >= 1, was " + maxKeys);
        }
        this.maxKeys = maxKeys;
        return this;
    }

    /**
     * Sets a store that processes share; memory by default.
     *
     * @param name the name of this budget in the store, the same in all processes
     */
    public TokenBudgetBuilder store(String name, BudgetStore store) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name of a budget in a shared store must not be blank");
        }
        this.name = name;
        this.store = store;
        return this;
    }

    /** Sets the clock that periods begin by; the system's by default. */
    public TokenBudgetBuilder clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /** Returns the budget. */
    public TokenBudget build() {
        BudgetStore counters = store == null ? new MemoryBudgetStore() : store;
        return new TokenBudget(limit, counters, new Periods(name, period, maxKeys, clock));
    }
}
