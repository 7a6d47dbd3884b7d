package io.bookstore.k6.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.run.RunPlan.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArrivalScheduleTest {

    private final List<Long> startsMillis = new ArrayList<>();
    private long nowMillis;

    @Test
    void constantRateStartsAtZeroAndIncludesTheEnd() {
        assertThat(constant(4, 2000)).containsExactly(0L, 250L, 500L, 750L, 1000L, 1250L, 1500L, 1750L, 2000L);
        assertThat(constant(3, 2000)).hasSize(7).startsWith(0L, 333L, 667L);
    }

    @Test
    void rampingRateStartsWhereItsIntegralIsWhole() {
        assertThat(ramping(0, stage(2000, 8))).containsExactly(707L, 1000L, 1225L, 1414L, 1581L, 1732L, 1871L, 2000L);
    }

    @Test
    void levelStageOfARampStartsAfterOnePeriod() {
        assertThat(ramping(4, stage(1000, 4))).containsExactly(250L, 500L, 750L, 1000L);
    }

    @Test
    void rampGoesOnWhereTheLastStageEnded() {
        assertThat(ramping(0, stage(1000, 0), stage(0, 2), stage(1000, 2))).containsExactly(1500L, 2000L);
    }

    @Test
    void rampDownGetsSlower() {
        assertThat(ramping(4, stage(1000, 0))).hasSize(2).first().isEqualTo(293L);
    }

    @Test
    void everyStartComesAtItsMoment() throws Exception {
        follow(everyQuarterOfASecond(), () -> startsMillis.add(nowMillis));

        assertThat(startsMillis).containsExactly(100L, 350L, 600L, 850L, 1100L);
    }

    @Test
    void startsThatAreLateAreMadeUpForAtOnceAndNoneIsLeftOut() throws Exception {
        follow(everyQuarterOfASecond(), () -> {
            startsMillis.add(nowMillis);
            nowMillis += startsMillis.size() == 1 ? 600 : 0;
        });

        assertThat(startsMillis).containsExactly(100L, 700L, 700L, 850L, 1100L);
    }

    @Test
    void nothingStartsOnceTheRunIsStopped() throws Exception {
        boolean wentToItsEnd =
                everyQuarterOfASecond().follow(0, moment -> moment <= 500_000_000, () -> startsMillis.add(nowMillis));

        assertThat(wentToItsEnd).isFalse();
        assertThat(startsMillis).hasSize(3);
    }

    private static ArrivalSchedule everyQuarterOfASecond() {
        return ArrivalSchedule.of(new ConstantArrivalRate(4, Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1));
    }

    /** Follows the schedule from 100 ms on, by a clock that moves only when somebody waits for it. */
    private void follow(ArrivalSchedule schedule, Runnable start) throws InterruptedException {
        boolean wentToItsEnd = schedule.follow(
                100_000_000,
                moment -> {
                    nowMillis = Math.max(nowMillis, moment / 1_000_000);
                    return true;
                },
                start);
        assertThat(wentToItsEnd).isTrue();
    }

    private static Stage stage(long millis, int target) {
        return new Stage(Duration.ofMillis(millis), target);
    }

    private static List<Long> constant(int rate, long millis) {
        return millis(ArrivalSchedule.of(
                new ConstantArrivalRate(rate, Duration.ofSeconds(1), Duration.ofMillis(millis), 1, 1)));
    }

    private static List<Long> ramping(int startRate, Stage... stages) {
        return millis(ArrivalSchedule.of(new RampingArrivalRate(
                startRate, Duration.ofSeconds(1), Stream.of(stages).toList(), 1, 1)));
    }

    private static List<Long> millis(ArrivalSchedule schedule) {
        return LongStream.iterate(0, index -> index + 1)
                .map(schedule::startOf)
                .takeWhile(offset -> offset >= 0)
                .map(offset -> Math.round(offset / 1e6))
                .boxed()
                .toList();
    }
}
