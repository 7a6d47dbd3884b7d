package io.bookstore.api.llm.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.bookstore.api.llm.call.Deadline;
import io.bookstore.api.llm.call.LlmException;
import io.bookstore.api.llm.call.LlmFailure;
import io.bookstore.api.llm.provider.ProviderConfig;
import io.bookstore.api.llm.provider.ProviderKind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Waits that are given up, and a circuit breaker without traffic: no answer of a provider shows them. */
class ProviderGuardTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration PATIENT = HOUR.multipliedBy(3);

    @Test
    void breakerIsOpenAfterTheFailures() {
        ProviderGuard guard = guard(1000, 0, HOUR, HOUR);

        open(guard);

        assertThat(guard.open()).isTrue();
        assertThat(guard.openness()).isEqualTo(1);
    }

    @Test
    void breakerIsNoLongerOpenOnceItsWaitIsOverEvenIfNobodyAsks() {
        ProviderGuard guard = guard(1000, 0, Duration.ofMillis(1), HOUR);
        open(guard);

        await().until(() -> !guard.open());

        assertThat(guard.openness()).isZero();
        guard.acquireCircuitPermit();
    }

    @Test
    void refusalTellsWhatIsLeftOfTheWait() {
        ProviderGuard guard = guard(1000, 0, HOUR, HOUR);
        open(guard);

        LlmException refusal = catchThrowableOfType(LlmException.class, guard::acquireCircuitPermit);

        assertThat(refusal.failure()).isEqualTo(LlmFailure.BREAKER_OPEN);
        assertThat(refusal.waitBeforeRetry()).isPositive().isLessThanOrEqualTo(HOUR);
    }

    @Test
    void callThatMustWaitLongerThanOthersQueueIsRefusedAtOnceAndTakesNobodysTurn() throws Exception {
        ProviderGuard guard = guard(1000, 1, HOUR, Duration.ofSeconds(1));
        guard.awaitSlot(Deadline.in(PATIENT));

        LlmException refusal = catchThrowableOfType(LlmException.class, () -> guard.awaitSlot(Deadline.in(PATIENT)));

        assertThat(refusal.failure()).isEqualTo(LlmFailure.OWN_LIMIT);
        assertThat(refusal.waitBeforeRetry()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
    }

    @Test
    void callWithoutTimeLeftIsNotMade() {
        ProviderGuard guard = guard(1000, 0, HOUR, HOUR);

        assertThatThrownBy(() -> guard.awaitSlot(Deadline.in(Duration.ZERO)))
                .isInstanceOfSatisfying(
                        LlmException.class,
                        e -> assertThat(e.failure().countsForBreaker()
                                        || e.failure().mayBeBilled())
                                .isFalse());
    }

    @Test
    void whoeverLeavesTheQueueForAPlaceHasBeenCancelled() throws Exception {
        ProviderGuard guard = guard(1, 0, HOUR, HOUR);
        guard.acquirePermit(Deadline.in(PATIENT));
        AtomicReference<LlmException> refusal = new AtomicReference<>();
        CountDownLatch waiting = new CountDownLatch(1);
        Thread queued = new Thread(() -> {
            waiting.countDown();
            refusal.set(catchThrowableOfType(LlmException.class, () -> guard.acquirePermit(Deadline.in(PATIENT))));
        });
        queued.start();
        waiting.await();

        queued.interrupt();
        queued.join();

        assertThat(refusal.get()).extracting(LlmException::failure).isEqualTo(LlmFailure.CANCELLED);
        guard.releasePermit();
        guard.acquirePermit(Deadline.in(PATIENT));
    }

    @Test
    void turnOfWhoeverLeavesGoesToTheNextOne() throws Exception {
        // The turns are a minute apart, and nobody waits for more than a minute and a half: a turn that is lost makes
        // the next one too far away.
        ProviderGuard guard = guard(1000, 1, HOUR, Duration.ofSeconds(90));
        guard.awaitSlot(Deadline.in(PATIENT));

        assertThat(endOfWaitThatIsInterrupted(guard)).isInstanceOf(InterruptedException.class);
        assertThat(endOfWaitThatIsInterrupted(guard)).isInstanceOf(InterruptedException.class);
    }

    private static @Nullable Throwable endOfWaitThatIsInterrupted(ProviderGuard guard) {
        CompletableFuture<@Nullable Throwable> ended = new CompletableFuture<>();
        Thread leaving = new Thread(() -> {
            try {
                guard.awaitSlot(Deadline.in(PATIENT));
                ended.complete(null);
            } catch (InterruptedException | RuntimeException e) {
                ended.complete(e);
            }
        });
        leaving.start();
        await().until(() -> leaving.getState() == Thread.State.TIMED_WAITING || ended.isDone());
        leaving.interrupt();
        return ended.join();
    }

    private static void open(ProviderGuard guard) {
        LlmException failure = new LlmException(LlmFailure.SERVER_ERROR, "The provider failed", null, null);
        for (int i = 0; i < 2; i++) {
            guard.acquireCircuitPermit();
            guard.recordFailure(failure, 1);
        }
    }

    /** @param longestWait how long a call waits at most for its place, and for its turn */
    private static ProviderGuard guard(int places, int perMinute, Duration breakerWait, Duration longestWait) {
        return new ProviderGuard(
                new ProviderConfig(
                        "anthropic",
                        ProviderKind.ANTHROPIC,
                        "http://localhost",
                        "key",
                        "",
                        "claude-sonnet-4-5",
                        "",
                        perMinute,
                        places),
                new ResilienceConfig(
                        1, Duration.ofMillis(1), Duration.ofMillis(1), 20, 2, 50, breakerWait, longestWait, 100));
    }
}
