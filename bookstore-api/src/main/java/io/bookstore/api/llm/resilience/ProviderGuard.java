package io.bookstore.api.llm.resilience;

import io.bookstore.api.llm.call.Deadline;
import io.bookstore.api.llm.call.LlmException;
import io.bookstore.api.llm.call.LlmFailure;
import io.bookstore.api.llm.provider.ProviderConfig;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Limits the calls to one provider, per minute and at a time, and breaks the circuit while it fails. */
public final class ProviderGuard {

    private static final int HALF_OPEN_CALLS = 3;
    // The few calls that try whether the provider is back are under way: soon one knows.
    private static final Duration TRIAL = Duration.ofSeconds(1);

    private final CallLimiter limiter;
    private final Bulkhead permits;
    private final Bulkhead permitsAndQueue;
    private final Duration longestWait;
    private final RetryBudget retries;
    private final CircuitBreaker breaker;
    // The breaker itself stays open until somebody asks.
    private volatile Deadline openUntil = Deadline.in(Duration.ZERO);

    public ProviderGuard(ProviderConfig provider, ResilienceConfig resilience) {
        this.limiter = new CallLimiter(provider.requestsPerMinute());
        this.longestWait = resilience.bulkheadWait();
        this.permits = bulkhead(provider.name(), provider.maxConcurrentCalls(), longestWait);
        // A call without room here does not even queue: a bulkhead alone bounds the wait, not the calls that wait.
        this.permitsAndQueue = bulkhead(
                provider.name() + "-queue", provider.maxConcurrentCalls() + resilience.bulkheadQueue(), Duration.ZERO);
        this.retries = new RetryBudget(resilience.retryBudgetPercent());
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
        breaker.getEventPublisher().onStateTransition(event -> {
            if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                openUntil = Deadline.in(resilience.breakerWait());
            }
        });
    }

    private static Bulkhead bulkhead(String name, int calls, Duration wait) {
        return Bulkhead.of(
                name,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(calls)
                        .maxWaitDuration(wait)
                        .build());
    }

    /**
     * Waits for the rate-limit slot of one attempt, at most as long as a call waits for a permit, and at most half of the
     * time that is left: the other half is the provider's, which cannot answer in no time.
     *
     * @throws LlmException if there is no slot by then, or the circuit is open
     */
    public void awaitSlot(Deadline deadline) throws InterruptedException {
        if (open()) {
            throw circuitOpen();
        }
        Duration half = deadline.remaining().dividedBy(2);
        CallLimiter.Slot slot = limiter.reserve(half.compareTo(longestWait) < 0 ? half : longestWait);
        if (!slot.reserved() || half.isZero()) {
            throw new LlmException(
                    LlmFailure.OWN_LIMIT,
                    "The limit of calls per minute to the provider is used up",
                    slot.delay(),
                    null);
        }
        try {
            TimeUnit.NANOSECONDS.sleep(slot.delay().toNanos());
        } catch (InterruptedException e) {
            limiter.release(slot);
            throw e;
        }
    }

    /**
     * Acquires one of the permits for calls in progress; give it back with {@link #releasePermit()}.
     *
     * @throws LlmException if none becomes free in time, too many calls wait already, or the caller is interrupted
     */
    public void acquirePermit(Deadline deadline) {
        if (!permitsAndQueue.tryAcquirePermission()) {
            throw noPermit();
        }
        // A call that could not wait as long as others do takes a free permit or none.
        boolean mayQueue = deadline.allows(longestWait) || permits.getMetrics().getAvailableConcurrentCalls() > 0;
        if (!mayQueue || !permits.tryAcquirePermission()) {
            permitsAndQueue.releasePermission();
            throw noPermit();
        }
        retries.recordCall();
    }

    private static LlmException noPermit() {
        // A bulkhead refuses whoever is interrupted, too; only the flag tells.
        return Thread.currentThread().isInterrupted()
                ? LlmException.clientGone(null)
                : new LlmException(
                        LlmFailure.TOO_MANY_CALLS, "Too many summaries are being written", Duration.ofSeconds(1), null);
    }

    public void releasePermit() {
        permits.onComplete();
        permitsAndQueue.onComplete();
    }

    /**
     * Acquires a circuit-breaker permit for one attempt; report its end with {@link #recordSuccess}, {@link #recordFailure} or {@link
     * #releaseCircuitPermit}.
     *
     * @throws LlmException if the circuit is open
     */
    public void acquireCircuitPermit() {
        if (!breaker.tryAcquirePermission()) {
            throw circuitOpen();
        }
    }

    private LlmException circuitOpen() {
        return new LlmException(
                LlmFailure.BREAKER_OPEN,
                "The provider has been failing, and its circuit is open",
                open() ? openUntil.remaining() : TRIAL,
                null);
    }

    /** Takes one of the retries that all calls share; false if they are used up. */
    public boolean mayRetry() {
        return retries.tryTake();
    }

    public void recordSuccess(long nanos) {
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    public void recordFailure(LlmException failure, long nanos) {
        if (failure.failure().countsForBreaker()) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, failure);
        } else {
            releaseCircuitPermit();
        }
    }

    /** Gives the circuit-breaker permit back: the attempt says nothing about the health of the provider. */
    public void releaseCircuitPermit() {
        breaker.releasePermission();
    }

    /** 1 while it is open. */
    public double openness() {
        return open() ? 1 : 0;
    }

    /** Returns whether the circuit is open; it is not once the provider may be tried again, even if no call has. */
    public boolean open() {
        return breaker.getState() == CircuitBreaker.State.OPEN && openUntil.allows(Duration.ZERO);
    }
}
