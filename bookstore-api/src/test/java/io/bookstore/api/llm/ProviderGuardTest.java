package io.bookstore.api.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a guard does that no answer of a provider shows: waits that are given up, and a breaker without traffic. */
class ProviderGuardTest {

    @Test
    void breakerIsNoLongerOpenOnceItsWaitIsOverEvenIfNobodyAsks() {
        ProviderGuard guard = guard(1000, 0, Duration.ofMillis(200));
        open(guard);
        assertThat(guard.open()).isTrue();
        assertThat(guard.openness()).isEqualTo(1);

        await().until(() -> !guard.open());

        assertThat(guard.openness()).isZero();
        guard.admit();
    }

    @Test
    void refusalTellsWhatIsLeftOfTheWait() {
        ProviderGuard guard = guard(1000, 0, Duration.ofMinutes(1));
        open(guard);

        LlmException refusal = catchThrowableOfType(LlmException.class, guard::admit);

        assertThat(refusal.failure()).isEqualTo(LlmFailure.BREAKER_OPEN);
        assertThat(refusal.waitBeforeRetry()).isPositive().isLessThan(Duration.ofMinutes(1));
    }

    private static void open(ProviderGuard guard) {
        LlmException failure =
                FailureClassifier.failure(LlmFailure.SERVER_ERROR, null, new IllegalStateException("status 500"));
        for (int i = 0; i < 2; i++) {
            guard.admit();
            guard.failed(failure, 1);
        }
    }

    /** A call waits for a second at most, for its place and for its turn. */
    private static ProviderGuard guard(int places, int perMinute, Duration breakerWait) {
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
                        1,
                        Duration.ofMillis(1),
                        Duration.ofMillis(1),
                        20,
                        2,
                        50,
                        breakerWait,
                        Duration.ofSeconds(1),
                        100));
    }
}
