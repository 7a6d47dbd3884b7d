package io.bookstore.api.llm.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    @Test
    void retriesOfAnOutageAreAFifthOfTheCalls() {
        RetryBudget budget = new RetryBudget(20);
        int retries = 0;

        for (int call = 0; call < 1_000; call++) {
            budget.recordCall();
            for (int retry = 0; retry < 2 && budget.tryTake(); retry++) {
                retries++;
            }
        }

        assertThat(retries).isBetween(195, 210);
    }

    @Test
    void firstCallMayBeRetried() {
        RetryBudget budget = new RetryBudget(0);
        budget.recordCall();

        assertThat(budget.tryTake()).isTrue();
    }

    @Test
    void quietTimesDoNotSaveRetriesForAnOutage() {
        RetryBudget budget = new RetryBudget(100);
        for (int call = 0; call < 1_000; call++) {
            budget.recordCall();
        }
        int retries = 0;
        while (budget.tryTake()) {
            retries++;
        }

        assertThat(retries).isEqualTo(10);
    }
}
