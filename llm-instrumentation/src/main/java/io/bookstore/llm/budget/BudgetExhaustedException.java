package io.bookstore.llm.budget;

import java.time.Duration;

/** The refusal of a call that a budget does not allow. The call was not made, and nothing was set aside for it. */
public final class BudgetExhaustedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    BudgetExhaustedException(Amount limit, Amount worstCase, BudgetCounter counter, Duration retryAfter) {
        super("The budget of " + limit + " does not allow a call of up to " + worstCase + "; the next one begins at "
                + counter.end());
        this.retryAfter = retryAfter;
    }

    /** The time until the next period begins. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
