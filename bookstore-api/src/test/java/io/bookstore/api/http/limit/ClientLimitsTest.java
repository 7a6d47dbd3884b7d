package io.bookstore.api.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class ClientLimitsTest {

    private final MovableTime time = new MovableTime();

    @Test
    void clientMayAskItsBurstAtOnceAndThenAtItsRate() {
        ClientLimits limits = new ClientLimits(new ClientLimitConfig(60, 3, 10), new SimpleMeterRegistry(), time);

        for (int i = 0; i < 3; i++) {
            assertThat(limits.take("a", false).isConsumed()).isTrue();
        }
        ConsumptionProbe refused = limits.take("a", false);
        assertThat(refused.isConsumed()).isFalse();
        assertThat(ClientLimits.left(refused)).isEqualTo("\"client\";r=0;t=1");

        time.nanos += 1_000_000_000L;
        assertThat(limits.take("a", false).isConsumed()).isTrue();
        assertThat(limits.take("a", false).isConsumed()).isFalse();
    }

    @Test
    void clientsHaveNothingToDoWithEachOther() {
        ClientLimits limits = new ClientLimits(new ClientLimitConfig(1, 1, 10), new SimpleMeterRegistry(), time);

        assertThat(limits.take("a", false).isConsumed()).isTrue();
        assertThat(limits.take("a", false).isConsumed()).isFalse();
        assertThat(limits.take("b", false).isConsumed()).isTrue();
    }

    @Test
    void burstIsAMinutesWorthUnlessSaidOtherwise() {
        ClientLimits limits = new ClientLimits(new ClientLimitConfig(5, 0, 10), new SimpleMeterRegistry(), time);

        assertThat(limits.take("a", false).getRemainingTokens()).isEqualTo(4);
        assertThat(limits.policy()).isEqualTo("\"client\";q=5;w=60");
    }

    @Test
    void numberOfClientsIsBounded() {
        ClientLimits limits = new ClientLimits(new ClientLimitConfig(60, 1, 100), new SimpleMeterRegistry(), time);

        for (int i = 0; i < 10_000; i++) {
            limits.take("client " + i, false);
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
