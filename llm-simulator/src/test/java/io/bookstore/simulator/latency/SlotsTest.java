package io.bookstore.simulator.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.simulator.draw.Draws;
import io.bookstore.simulator.latency.Serving.ColdStart;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private static final long MILLI = 1_000_000;
    private static final ResponsePlan second = new ResponsePlan(new long[] {200 * MILLI, 1_000 * MILLI});

    @Test
    void providerWithoutALimitServesAtOnce() {
        Slots slots = new Slots(Serving.UNLIMITED);

        assertThat(List.of(take(slots, 0), take(slots, 0), take(slots, 0))).containsOnly(SlotWait.NONE);
    }

    @Test
    void requestBeyondTheSlotsWaitsForTheOneThatIsFreeFirst() {
        Slots slots = new Slots(new Serving(2, 10, 1, ColdStart.NEVER));

        List<Long> waits = new ArrayList<>();
        for (long arrival : new long[] {0, 400, 500, 600, 700}) {
            waits.add(take(slots, arrival).queuedNanos() / MILLI);
        }

        // Free at 1000 and 1400; then at 2000 and 2400.
        assertThat(waits).containsExactly(0L, 0L, 500L, 800L, 1_300L);
    }

    @Test
    void providerWithAFullQueueHasNoRoom() {
        Slots slots = new Slots(new Serving(1, 2, 1, ColdStart.NEVER));
        take(slots, 0);
        take(slots, 0);
        take(slots, 0);

        assertThat(slots.take(0, second, draws())).isNull();
        assertThat(slots.take(1_001 * MILLI, second, draws())).isNotNull();
    }

    @Test
    void busyProviderIsSlowerByTheLoadFactor() {
        Slots slots = new Slots(new Serving(3, 0, 2, ColdStart.NEVER));

        assertThat(List.of(
                        take(slots, 0).factor(),
                        take(slots, 0).factor(),
                        take(slots, 0).factor()))
                .containsExactly(1.0, 1.5, 2.0);
    }

    @Test
    void firstRequestWaitsForTheModelAndLaterOnesDoNot() {
        Slots slots = new Slots(new Serving(4, 0, 1, new ColdStart(5_000, 5_000, 300)));

        assertThat(take(slots, 0).loadNanos()).isEqualTo(5_000 * MILLI);
        assertThat(take(slots, 2_000).loadNanos()).isEqualTo(3_000 * MILLI);
        assertThat(take(slots, 10_000).loadNanos()).isZero();
    }

    @Test
    void modelThatNobodyAskedForALongTimeIsLoadedAgain() {
        Slots slots = new Slots(new Serving(1, 10, 1, new ColdStart(5_000, 5_000, 60)));
        take(slots, 0);

        assertThat(take(slots, 66_001).loadNanos()).isEqualTo(5_000 * MILLI);
    }

    @Test
    void planMovesWithItsWait() {
        ResponsePlan later = second.after(new SlotWait(300 * MILLI, 100 * MILLI, 2));

        assertThat(later.firstTokenNanos()).isEqualTo(800 * MILLI);
        assertThat(later.durationNanos()).isEqualTo(2_400 * MILLI);
    }

    @Test
    void impossibleNumberIsRefused() {
        assertThatThrownBy(() -> new Serving(1, 1, 0.5, ColdStart.NEVER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("serving.loadFactor must be >= 1 and finite, was 0.5");
        assertThatThrownBy(() -> new Serving(-1, 1, 1, ColdStart.NEVER))
                .hasMessage("serving.slots must be >= 0, was -1");
        assertThatThrownBy(() -> new ColdStart(5, 1, 0))
                .hasMessage("serving.coldStart.longestMs must be >= serving.coldStart.shortestMs 5.0, was 1.0");
    }

    private static SlotWait take(Slots slots, long arrivalMs) {
        SlotWait wait = slots.take(arrivalMs * MILLI, second, draws());
        assertThat(wait).isNotNull();
        return wait;
    }

    private static Draws draws() {
        return Draws.of(1, "request", 1);
    }
}
