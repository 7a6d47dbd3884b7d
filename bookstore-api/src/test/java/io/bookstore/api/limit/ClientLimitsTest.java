package io.bookstore.api.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import org.junit.jupiter.api.Test;

class ClientLimitsTest {

    private final MovableTime time = new MovableTime();

    @Test
    void clientMayAskItsBurstAtOnceAndThenAtItsRate() {
        ClientLimits limits = new ClientLimits(new ClientLimitConfig(60, 3, 10), time);

        for (int i = 0; i < 3; i++) {
            assertThat(limits.take("a").isConsumed()).isTrue();
        }
        ConsumptionProbe refused = limits.take("a");
        assertThat(refused.isConsumed()).isFalse();
        assertThat(ClientLimits.left(refused)).isEqualTo("\"client\";r=0;t=1");

        time.nanos += 1_000_000_000L;
        assertThat(limits.take("a").isConsumed()).isTrue();
        assertThat(limits.take("a").isConsumed()).isFalse();
    }

    @Test
    void clientsHaveNothingToDoWithEachOther() {
        ClientLimits limits = new ClientLimits(new ClientLimitConfig(1, 1, 10), time);

        assertThat(limits.take("a").isConsumed()).isTrue();
        assertThat(limits.take("a").isConsumed()).isFalse();
        assertThat(limits.take("b").isConsumed()).isTrue();
    }

    @Test
    void burstIsAMinutesWorthUnlessSaidOtherwise() {
        ClientLimits limits = new ClientLimits(new ClientLimitConfig(5, 0, 10), time);

        assertThat(limits.take("a").getRemainingTokens()).isEqualTo(4);
        assertThat(limits.policy()).isEqualTo("\"client\";q=5;w=60");
    }

    @Test
    void numberOfClientsIsBounded() {
        ClientLimits limits = new ClientLimits(new ClientLimitConfig(60, 1, 100), time);

        for (int i = 0; i < 10_000; i++) {
            limits.take("client " + i);
        }

        assertThat(limits.clients()).isLessThanOrEqualTo(100);
    }

    @Test
    void waitIsRoundedUp() {
        assertThat(ClientLimits.seconds(1)).isEqualTo(1);
        assertThat(ClientLimits.seconds(1_000_000_000)).isEqualTo(1);
        assertThat(ClientLimits.seconds(0)).isZero();
    }

    private static final class MovableTime implements TimeMeter {

        private long nanos;

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
