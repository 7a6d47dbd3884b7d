package io.bookstore.api.llm.resilience;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Patience with a provider that fails, from {@code bookstore.llm.resilience}.
 *
 * @param maxAttempts attempts of one call, the first one included; 1 to 10
 * @param retryDelay longest wait before the second attempt, which doubles from there; above 0
 * @param maxRetryDelay longest wait between two attempts unless the provider asks for more; at least {@code
 *     retry-delay}
 * @param retryBudgetPercent most retries per hundred calls, beyond the first ten; 0 to 100
 * @param breakerWindow number of calls that the circuit breaker judges by; at least 2
 * @param breakerFailurePercent share of failures that opens the circuit; 1 to 100
 * @param breakerWait how long the circuit stays open before a few calls may try; at least 1ms
 * @param bulkheadWait longest wait for a permit of a provider, and for a rate-limit slot within {@code
 *     requests-per-minute}; never more than half of the time that is left
 * @param bulkheadQueue number of calls that may wait for a permit at a time; at least 0
 */
@ConfigurationProperties("bookstore.llm.resilience")
public record ResilienceConfig(
        @Bindable(defaultValue = "3") int maxAttempts,
        @Bindable(defaultValue = "500ms") Duration retryDelay,
        @Bindable(defaultValue = "8s") Duration maxRetryDelay,
        @Bindable(defaultValue = "20") int retryBudgetPercent,
        @Bindable(defaultValue = "20") int breakerWindow,
        @Bindable(defaultValue = "50") int breakerFailurePercent,
        @Bindable(defaultValue = "10s") Duration breakerWait,
        @Bindable(defaultValue = "1s") Duration bulkheadWait,
        @Bindable(defaultValue = "100") int bulkheadQueue) {

    private static final String PREFIX = "bookstore.llm.resilience.";

    public ResilienceConfig {
        check(maxAttempts >= 1 && maxAttempts <= 10, "max-attempts must be 1 to 10, was ", maxAttempts);
        check(retryDelay.toNanos() > 0, "retry-delay must be > 0, was ", retryDelay);
        check(
                maxRetryDelay.compareTo(retryDelay) >= 0,
                "max-retry-delay must not be less than retry-delay, was ",
                maxRetryDelay);
        check(
                retryBudgetPercent >= 0 && retryBudgetPercent <= 100,
                "retry-budget-percent must be 0 to 100, was ",
                retryBudgetPercent);
        check(breakerWindow >= 2, "breaker-window must be >= 2, was ", breakerWindow);
        check(
                breakerFailurePercent >= 1 && breakerFailurePercent <= 100,
                "breaker-failure-percent must be 1 to 100, was ",
                breakerFailurePercent);
        check(breakerWait.toMillis() > 0, "breaker-wait must be >= 1ms, was ", breakerWait);
        check(!bulkheadWait.isNegative(), "bulkhead-wait must be >= 0, was ", bulkheadWait);
        check(bulkheadQueue >= 0, "bulkhead-queue must be >= 0, was ", bulkheadQueue);
    }

    public RetryPolicy retryPolicy() {
        return new RetryPolicy(maxAttempts, retryDelay, maxRetryDelay);
    }

    private static void check(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(PREFIX + rule + value);
        }
    }
}
