package io.bookstore.api.llm.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallLimiterTest {

    private static final Duration PATIENT = Duration.ofMinutes(5);

    private final AtomicLong now = new AtomicLong();

    @Test
    void callsAreSpreadEvenlyOverTheMinute() {
        CallLimiter limiter = new CallLimiter(60, now::get);

        assertThat(limiter.reserve(PATIENT).delay()).isZero();
        assertThat(limiter.reserve(PATIENT).delay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(limiter.reserve(PATIENT).delay()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void pauseIsNotSavedUpForABurst() {
        CallLimiter limiter = new CallLimiter(60, now::get);
        limiter.reserve(PATIENT);
        now.addAndGet(Duration.ofSeconds(30).toNanos());

        assertThat(limiter.reserve(PATIENT).delay()).isZero();
        assertThat(limiter.reserve(PATIENT).delay()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void callThatCannotWaitTakesNobodysTurn() {
        CallLimiter limiter = new CallLimiter(60, now::get);
        limiter.reserve(PATIENT);

        CallLimiter.Slot refused = limiter.reserve(Duration.ofMillis(10));

        assertThat(refused.reserved()).isFalse();
        assertThat(refused.delay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(limiter.reserve(PATIENT).delay()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void turnThatIsGivenBackIsTheNextOnesAndOnlyTheirs() {
        CallLimiter limiter = new CallLimiter(60, now::get);
        limiter.reserve(PATIENT);
        CallLimiter.Slot second = limiter.reserve(PATIENT);
        limiter.reserve(PATIENT);

        limiter.release(second);

        assertThat(limiter.reserve(PATIENT).delay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(limiter.reserve(PATIENT).delay()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void turnThatIsOverWhenItIsGivenBackIsNobodys() {
        CallLimiter limiter = new CallLimiter(60, now::get);
        limiter.reserve(PATIENT);
        CallLimiter.Slot second = limiter.reserve(PATIENT);
        now.addAndGet(Duration.ofMillis(1_500).toNanos());

        limiter.release(second);

        assertThat(limiter.reserve(PATIENT).delay()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void limitIsUsedToItsLastTurnHoweverManyMoreAsk() {
        CallLimiter limiter = new CallLimiter(600, now::get);
        int reserved = 0;

        for (int call = 0; call < 180; call++) {
            if (limiter.reserve(Duration.ofMillis(500)).reserved()) {
                reserved++;
            }
            now.addAndGet(Duration.ofSeconds(1).toNanos() / 30);
        }

        // Ten a second for six seconds, and the five that wait at the end.
        assertThat(reserved).isEqualTo(60 + 5);
    }

    @Test
    void zeroIsNoLimit() {
        CallLimiter limiter = new CallLimiter(0, now::get);

        for (int i = 0; i < 1_000; i++) {
            assertThat(limiter.reserve(PATIENT).delay()).isZero();
        }
    }
}
