package io.bookstore.api.llm;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What stands between this service and one provider: a limit of calls per minute, of calls at a time, and a breaker. */
final class ProviderGuard {

    private static final int HALF_OPEN_CALLS = 3;

    private final CallLimiter limiter;
    private final Bulkhead bulkhead;
    private final RetryBudget retries;
    private final CircuitBreaker breaker;
    private final Duration breakerWait;

    ProviderGuard(ProviderConfig provider, ResilienceConfig resilience) {
        this.limiter = new CallLimiter(provider.requestsPerMinute());
        this.bulkhead = Bulkhead.of(
                provider.name(),
                BulkheadConfig.custom()
                        .maxConcurrentCalls(provider.maxConcurrentCalls())
                        .maxWaitDuration(resilience.bulkheadWait())
                        .build());
        this.retries = new RetryBudget(resilience.retryBudgetPercent());
        this.breakerWait = resilience.breakerWait();
        this.breaker = CircuitBreaker.of(
                provider.name(),
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(resilience.breakerWindow())
                        .minimumNumberOfCalls(Math.max(2, resilience.breakerWindow() / 2))
                        .failureRateThreshold(resilience.breakerFailurePercent())
                        .waitDurationInOpenState(resilience.breakerWait())
                        .permittedNumberOfCallsInHalfOpenState(HALF_OPEN_CALLS)
                        .clock(new MonotonicClock())
                        .build());
    }

    /**
     * Waits for the turn of one attempt.
     *
     * @throws LlmException if it cannot come before the deadline
     */
    void awaitTurn(Deadline deadline) throws InterruptedException {
        Duration wait = limiter.reserve(deadline.remaining());
        if (wait.compareTo(deadline.remaining()) >= 0) {
            throw new LlmException(
                    LlmFailure.OWN_LIMIT, "The limit of calls per minute to the provider is used up", wait, null);
        }
        TimeUnit.NANOSECONDS.sleep(wait.toNanos());
    }

    /**
     * Takes one of the places for calls under way; give it back with {@link #leave()}.
     *
     * @throws LlmException if none becomes free in time
     */
    void enter() {
        if (!bulkhead.tryAcquirePermission()) {
            throw new LlmException(
                    LlmFailure.TOO_MANY_CALLS, "Too many summaries are being written", Duration.ofSeconds(1), null);
        }
        retries.callBegan();
    }

    void leave() {
        bulkhead.onComplete();
    }

    /**
     * Asks the breaker for leave to make one attempt; report its end with {@link #succeeded} or {@link #failed}.
     *
     * @throws LlmException if the breaker is open
     */
    void admit() {
        if (!breaker.tryAcquirePermission()) {
            throw new LlmException(
                    LlmFailure.BREAKER_OPEN,
                    "The provider has been failing; it is left alone for a while",
                    breakerWait,
                    null);
        }
    }

    /** Takes one of the retries that all calls share; false if they are used up. */
    boolean mayRetry() {
        return retries.take();
    }

    void succeeded(long nanos) {
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    void failed(LlmException failure, long nanos) {
        if (failure.failure().countsForBreaker()) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, failure);
        } else {
            breaker.releasePermission();
        }
    }

    /** Whether the provider may be asked at all now. */
    boolean open() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }
}
