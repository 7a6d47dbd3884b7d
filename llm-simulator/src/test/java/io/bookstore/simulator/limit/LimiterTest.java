package io.bookstore.simulator.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.simulator.limit.Admission.Admitted;
import io.bookstore.simulator.limit.Admission.Lack;
import io.bookstore.simulator.limit.Admission.Limited;
import io.bookstore.simulator.limit.Limits.OutputCounting;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LimiterTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void requestsBeyondTheMinutesWorthWaitForTheNextOne() {
        Limiter limiter = new Limiter(Limits.requestsPerMinute(60), false, START);
        for (int i = 0; i < 60; i++) {
            assertThat(limiter.admit(1, 1, 1, START)).isInstanceOf(Admitted.class);
        }

        Limited limited = (Limited) limiter.admit(1, 1, 1, START);

        assertThat(limited.lack()).isEqualTo(Lack.REQUESTS);
        assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(limiter.admit(1, 1, 1, START.plusMillis(999))).isInstanceOf(Limited.class);
        assertThat(limiter.admit(1, 1, 1, START.plusSeconds(1))).isInstanceOf(Admitted.class);
    }

    @Test
    void refusedRequestTakesNothing() {
        Limiter limiter = new Limiter(Limits.requestsPerMinute(10).withInputTokensPerMinute(100), false, START);

        limiter.admit(60, 1, 1, START);

        Limited limited = (Limited) limiter.admit(60, 1, 1, START);

        assertThat(limited.lack()).isEqualTo(Lack.TOKENS);
        assertThat(limited.report().requests()).isEqualTo(new LimitState(10, 9, Duration.ofSeconds(6)));
    }

    @Test
    void requestThatCanNeverFitIsNotAskedToComeBack() {
        Limiter limiter =
                new Limiter(Limits.NONE.withInputTokensPerMinute(100).withOutputTokensPerMinute(1_000), false, START);

        Limited output = (Limited) limiter.admit(1, 1_001, 1, START);
        Limited input = (Limited) limiter.admit(101, 1, 1, START);

        assertThat(output).isEqualTo(new Limited(output.report(), Lack.SIZE, null));
        assertThat(input).isEqualTo(new Limited(input.report(), Lack.SIZE, null));
        assertThat(limiter.admit(100, 1_000, 1, START)).isInstanceOf(Admitted.class);
    }

    @Test
    void requestWithoutLimitOfItsOwnFitsTheSmallestBucket() {
        Limiter limiter = new Limiter(Limits.NONE.withOutputTokensPerMinute(100), false, START);

        assertThat(limiter.admit(1, null, 50, START)).isInstanceOf(Admitted.class);
    }

    @Test
    void reserveIsCorrectedWhenTheAnswerEnds() {
        Limiter limiter = new Limiter(Limits.NONE.withOutputTokensPerMinute(1_000), false, START);

        Admitted admitted = (Admitted) limiter.admit(1, 900, 200, START);
        assertThat(limiter.admit(1, 200, 200, START)).isInstanceOf(Limited.class);
        limiter.settle(admitted, 200, START);

        assertThat(limiter.admit(1, 800, 200, START)).isInstanceOf(Admitted.class);
    }

    @Test
    void actualCountingLetsInUntilTheBucketIsInDebt() {
        Limiter limiter = new Limiter(
                Limits.NONE.withOutputTokensPerMinute(600).withCounting(OutputCounting.ACTUAL), false, START);

        assertThat(limiter.admit(1, 10_000, 650, START)).isInstanceOf(Admitted.class);
        Limited limited = (Limited) limiter.admit(1, 1, 1, START);

        // 50 of debt and the one that is wanted, at ten a second.
        assertThat(limited.retryAfter()).isEqualTo(Duration.ofMillis(5_100));
        assertThat(limited.report().outputTokens())
                .satisfies(state -> assertThat(state.remaining()).isZero());
    }

    @Test
    void clockThatIsSetBackDrainsNothing() {
        TokenBucket bucket = new TokenBucket(60, START);

        assertThat(bucket.holds(60, START.minusSeconds(3_600))).isTrue();
    }

    @Test
    void clockThatIsSetBackDelaysNobody() {
        Limiter limiter = new Limiter(Limits.requestsPerMinute(60).withAccelerationPerMinute(60), false, START);
        while (limiter.admit(1, 1, 1, START) instanceof Admitted) {}
        Instant earlier = START.minusSeconds(3_600);

        Limited limited = (Limited) limiter.admit(1, 1, 1, earlier);

        assertThat(limiter.admit(1, 1, 1, earlier.plus(limited.retryAfter()))).isInstanceOf(Admitted.class);
    }

    @Test
    void limitBelowOneIsRefused() {
        assertThatThrownBy(() -> Limits.NONE.withInputTokensPerMinute(0))
                .hasMessage("inputTokensPerMinute must be at least 1, or null for no limit; was 0");
    }
}
