package io.bookstore.simulator.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bookstore.simulator.limit.Admission.Admitted;
import io.bookstore.simulator.limit.Admission.Lack;
import io.bookstore.simulator.limit.Admission.Limited;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A rate may be high, but it must not get there at once. */
class AccelerationTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Limiter limiter =
            new Limiter(Limits.requestsPerMinute(100_000).withAccelerationPerMinute(60), false, START);

    @Test
    void steepRiseIsRefusedThoughTheRateIsAllowed() {
        assertThat(letIn(0, 1, 600)).isBetween(10, 12);

        Limited limited = (Limited) limiter.admit(1, 1, 1, START.plusSeconds(1));

        assertThat(limited.lack()).isEqualTo(Lack.ACCELERATION);
        assertThat(limited.report().requests())
                .satisfies(state -> assertThat(state.remaining()).isGreaterThan(99_000));
    }

    @Test
    void rateOfWhoTakesAllRisesByTheLimitEveryMinute() {
        letIn(0, 60, 6_000);
        int second = letIn(60, 120, 6_000);
        int third = letIn(120, 180, 6_000);
        int tenth = letIn(180, 600, 42_000) / 7;

        assertThat(third - second).isCloseTo(60, within(6));
        assertThat(tenth).isGreaterThan(third);
    }

    @Test
    void gentleRiseIsLetInWhole() {
        int refused = 0;
        for (int minute = 0; minute < 20; minute++) {
            int asked = 30 * (minute + 1);
            refused += asked - letIn(60 * minute, 60 * (minute + 1), asked);
        }

        assertThat(refused).isZero();
    }

    @Test
    void whoPausedStartsOver() {
        letIn(0, 600, 60_000);

        int afterAPause = letIn(1_200, 1_201, 600);

        assertThat(afterAPause).isBetween(10, 12);
    }

    @Test
    void clockThatIsSetBackChangesNothing() {
        Acceleration acceleration = new Acceleration(60, START);

        assertThat(acceleration.holdsOne(START.minusSeconds(3_600))).isTrue();
    }

    /** Returns the number of requests that are let in, of so many spread evenly over that time. */
    private int letIn(int fromSeconds, int untilSeconds, int asked) {
        int let = 0;
        for (int i = 0; i < asked; i++) {
            Instant now =
                    START.plusSeconds(fromSeconds).plusNanos((untilSeconds - fromSeconds) * 1_000_000_000L / asked * i);
            let += limiter.admit(1, 1, 1, now) instanceof Admitted ? 1 : 0;
        }
        return let;
    }
}
