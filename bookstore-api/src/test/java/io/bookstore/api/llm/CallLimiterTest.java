package io.bookstore.api.llm;

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

        assertThat(limiter.reserve(PATIENT)).isZero();
        assertThat(limiter.reserve(PATIENT)).isEqualTo(Duration.ofSeconds(1));
        assertThat(limiter.reserve(PATIENT)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void pauseIsNotSavedUpForABurst() {
        CallLimiter limiter = new CallLimiter(60, now::get);
        limiter.reserve(PATIENT);
        now.addAndGet(Duration.ofSeconds(30).toNanos());

        assertThat(limiter.reserve(PATIENT)).isZero();
        assertThat(limiter.reserve(PATIENT)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void callThatCannotWaitTakesNobodysTurn() {
        CallLimiter limiter = new CallLimiter(60, now::get);
        limiter.reserve(PATIENT);

        assertThat(limiter.reserve(Duration.ofMillis(10))).isEqualTo(Duration.ofSeconds(1));

        assertThat(limiter.reserve(PATIENT)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void zeroIsNoLimit() {
        CallLimiter limiter = new CallLimiter(0, now::get);

        for (int i = 0; i < 1_000; i++) {
            assertThat(limiter.reserve(PATIENT)).isZero();
        }
    }
}
