package io.bookstore.perf.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeftoversTest {

    private static final MetricsPage START = new MetricsPage("llm_budget_remaining_usd 10.0\n");

    @Test
    void answersOfTheProviderLeaveNothing() {
        assertThat(Leftovers.of(START, new MetricsPage("""
                llm_attempts_total{gen_ai_provider_name="anthropic",error_type="none",outcome="success"} 800.0
                llm_cache_requests_total{result="bypass"} 800.0
                llm_cache_requests_total{result="hit"} 0.0
                llm_budget_remaining_usd 10.0
                """))).isEmpty();
    }

    @Test
    void failedAttemptsStayInTheCircuitBreakerAndTheRetryBudget() {
        assertThat(Leftovers.of(START, new MetricsPage("""
                llm_attempts_total{error_type="none",outcome="success"} 800.0
                llm_attempts_total{error_type="rate_limited",outcome="failure"} 2.0
                """))).hasValue("attempts at the provider failed");
    }

    @Test
    void attemptThatItsClientCancelledIsNoFailureOfTheProvider() {
        assertThat(Leftovers.of(START, new MetricsPage("""
                llm_attempts_total{error_type="cancelled",outcome="failure"} 3.0
                """))).isEmpty();
    }

    @Test
    void moneyThatIsSpentIsMissingInTheNextRun() {
        assertThat(Leftovers.of(START, new MetricsPage("llm_budget_remaining_usd 9.99\n")))
                .hasValue("the budget of the day is less than it was");
    }

    @Test
    void summariesOfTheCacheWouldBeQuickerThanTheFirstOnes() {
        assertThat(Leftovers.of(START, new MetricsPage("llm_cache_requests_total{result=\"hit\"} 5.0\n")))
                .hasValue("answers came from the cache of summaries");
    }

    @Test
    void serviceWithoutSuchMetricsIsTakenAsItIs() {
        assertThat(Leftovers.of(new MetricsPage(""), new MetricsPage(""))).isEmpty();
    }
}
