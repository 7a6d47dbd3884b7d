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

/** What stands between this service and one provider: a limit of calls per minute, of calls at a time, and a breaker. */
public final class ProviderGuard {

    private static final int HALF_OPEN_CALLS = 3;
    // The few calls that try whether the provider is back are under way: soon one knows.
    private static final Duration TRIAL = Duration.ofSeconds(1);

    private final CallLimiter limiter;
    private final Bulkhead places;
    private final Bulkhead placesAndQueue;
    private final Duration longestWait;
    private final RetryBudget retries;
    private final CircuitBreaker breaker;
    // The breaker itself stays open until somebody asks.
    private volatile Deadline leftAloneUntil = Deadline.in(Duration.ZERO);

    public ProviderGuard(ProviderConfig provider, ResilienceConfig resilience) {
        this.limiter = new CallLimiter(provider.requestsPerMinute());
        this.longestWait = resilience.bulkheadWait();
        this.places = bulkhead(provider.name(), provider.maxConcurrentCalls(), longestWait);
        // Who gets no room here does not even queue: a bulkhead alone bounds the wait, not the number of those who
        // wait.
        this.placesAndQueue = bulkhead(
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
                leftAloneUntil = Deadline.in(resilience.breakerWait());
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
     * Waits for the turn of one attempt, as long as others wait for a place, and at most half of the time that is left: the
     * other half is the provider's, which cannot answer in no time.
     *
     * @throws LlmException if it does not come by then, or the breaker is open
     */
    public void awaitTurn(Deadline deadline) throws InterruptedException {
        if (open()) {
            throw leftAlone();
        }
        Duration half = deadline.remaining().dividedBy(2);
        CallLimiter.Turn turn = limiter.reserve(half.compareTo(longestWait) < 0 ? half : longestWait);
        if (!turn.reserved() || half.isZero()) {
            throw new LlmException(
                    LlmFailure.OWN_LIMIT,
                    "The limit of calls per minute to the provider is used up",
                    turn.away(),
                    null);
        }
        try {
            TimeUnit.NANOSECONDS.sleep(turn.away().toNanos());
        } catch (InterruptedException e) {
            limiter.giveBack(turn);
            throw e;
        }
    }

    /**
     * Takes one of the places for calls under way; give it back with {@link #leave()}.
     *
     * @throws LlmException if none becomes free in time, too many wait already, or the caller is interrupted meanwhile
     */
    public void enter(Deadline deadline) {
        if (!placesAndQueue.tryAcquirePermission()) {
            throw noPlace();
        }
        // A call that could not wait as long as others do takes a free place or none.
        boolean mayQueue = deadline.allows(longestWait) || places.getMetrics().getAvailableConcurrentCalls() > 0;
        if (!mayQueue || !places.tryAcquirePermission()) {
            placesAndQueue.releasePermission();
            throw noPlace();
        }
        retries.callBegan();
    }

    private static LlmException noPlace() {
        // A bulkhead refuses whoever is interrupted, too; only the flag tells.
        return Thread.currentThread().isInterrupted()
                ? LlmException.clientGone(null)
                : new LlmException(
                        LlmFailure.TOO_MANY_CALLS, "Too many summaries are being written", Duration.ofSeconds(1), null);
    }

    public void leave() {
        places.onComplete();
        placesAndQueue.onComplete();
    }

    /**
     * Asks the breaker for leave to make one attempt; report its end with {@link #succeeded}, {@link #failed} or {@link #unknown}.
     *
     * @throws LlmException if the breaker is open
     */
    public void admit() {
        if (!breaker.tryAcquirePermission()) {
            throw leftAlone();
        }
    }

    private LlmException leftAlone() {
        return new LlmException(
                LlmFailure.BREAKER_OPEN,
                "The provider has been failing; it is left alone for a while",
                open() ? leftAloneUntil.remaining() : TRIAL,
                null);
    }

    /** Takes one of the retries that all calls share; false if they are used up. */
    public boolean mayRetry() {
        return retries.take();
    }

    public void succeeded(long nanos) {
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    public void failed(LlmException failure, long nanos) {
        if (failure.failure().countsForBreaker()) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, failure);
        } else {
            unknown();
        }
    }

    /** The attempt says nothing about the health of the provider. */
    public void unknown() {
        breaker.releasePermission();
    }

    /** 1 while it is open. */
    public double openness() {
        return open() ? 1 : 0;
    }

    /** Whether the provider is left alone now; no longer once it may be tried again, even if nobody has yet. */
    public boolean open() {
        return breaker.getState() == CircuitBreaker.State.OPEN && leftAloneUntil.allows(Duration.ZERO);
    }
}
