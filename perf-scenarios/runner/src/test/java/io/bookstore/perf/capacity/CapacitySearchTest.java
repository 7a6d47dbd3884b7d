package io.bookstore.perf.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bookstore.perf.capacity.Capacity.Ending;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rates that a search tries, and the rules that end it. */
class CapacitySearchTest {

    private static final CapacityRules RULES = new CapacityRules(10, 300, 0.95, 10, 0.1);

    @Test
    void rateGrowsUntilAProbeFailsAndThenGapsAreHalved() throws InterruptedException {
        Capacity capacity = CapacitySearch.find(RULES, cliff(84));

        assertThat(capacity.probes())
                .extracting(Probe::rate)
                .containsExactly(10.0, 23.4, 54.76, 128.2, 83.79, 103.6, 93.17, 88.36);
        assertThat(capacity.ending()).isEqualTo(Ending.NARROW);
        assertThat(capacity.lower()).isEqualTo(83.79);
        assertThat(capacity.upper()).isEqualTo(88.36);
        assertThat(capacity.estimate()).isBetween(83.79, 88.36);
    }

    @Test
    void wideRangeIsCrossedInFourSteps() throws InterruptedException {
        Capacity capacity = CapacitySearch.find(new CapacityRules(1, 10_000, 0.95, 10, 0.1), cliff(8_000));

        assertThat(capacity.probes()).extracting(Probe::rate).startsWith(1.0, 10.0, 100.0, 1_000.0, 10_000.0);
    }

    @Test
    void overSaturatedRateFailsHoweverGoodItsShareWas() throws InterruptedException {
        Capacity capacity = CapacitySearch.find(
                RULES, (rate, number) -> Probe.of(rate, 1000, 1000, rate > 84 ? Backlog.ENDLESS : Backlog.NONE));

        assertThat(capacity.lower()).isEqualTo(83.79);
        assertThat(capacity.upper()).isEqualTo(88.36);
    }

    @Test
    void growthThatOneStallExplainsIsProbedAgainAndEndsNothing() throws InterruptedException {
        Capacity capacity = CapacitySearch.find(
                RULES,
                (rate, number) -> number == 1
                        ? Probe.of(rate, 1000, 700, Backlog.STALL_OR_ENDLESS)
                        : cliff(84).probe(rate, number));

        assertThat(capacity.probes()).extracting(Probe::rate).startsWith(10.0, 10.0, 23.4);
        assertThat(CapacitySoFar.of(capacity).outcome(capacity.probes().get(0))).isEqualTo("stalled");
        assertThat(capacity.ending()).isEqualTo(Ending.NARROW);
        assertThat(capacity.lower()).isEqualTo(83.79);
    }

    @Test
    void growthThatComesAgainAtTheSameRateIsOverSaturation() throws InterruptedException {
        Capacity capacity = CapacitySearch.find(
                RULES,
                (rate, number) -> Probe.of(rate, 1000, 1000, rate > 84 ? Backlog.STALL_OR_ENDLESS : Backlog.NONE));

        assertThat(capacity.probes())
                .extracting(Probe::rate)
                .containsExactly(10.0, 23.4, 54.76, 128.2, 128.2, 83.79, 103.6, 103.6, 93.17, 93.17);
        assertThat(capacity.upper()).isEqualTo(93.17);
        assertThat(CapacitySoFar.of(capacity).outcome(capacity.probes().get(3))).isEqualTo("over-saturated");
    }

    @Test
    void growthThatNoProbeIsLeftToConfirmSaysNothing() throws InterruptedException {
        Capacity capacity = CapacitySearch.find(
                new CapacityRules(10, 300, 0.95, 4, 0.1),
                (rate, number) -> Probe.of(rate, 1000, 1000, rate > 84 ? Backlog.STALL_OR_ENDLESS : Backlog.NONE));

        assertThat(capacity.ending()).isEqualTo(Ending.PROBES_USED);
        assertThat(capacity.lower()).isEqualTo(54.76);
        assertThat(capacity.upper()).isNull();
    }

    @Test
    void noRateAboveOneThatFailedIsTried() throws InterruptedException {
        Capacity capacity = CapacitySearch.find(RULES, cliff(84));

        double lowestFailure = Double.POSITIVE_INFINITY;
        for (Probe probe : capacity.probes()) {
            assertThat(probe.rate()).isLessThan(lowestFailure);
            lowestFailure = probe.good() == 0 ? probe.rate() : lowestFailure;
        }
    }

    @Test
    void lowestRateThatFailsEndsTheSearch() throws InterruptedException {
        Capacity capacity = CapacitySearch.find(RULES, cliff(5));

        assertThat(capacity.probes()).hasSize(1);
        assertThat(capacity.ending()).isEqualTo(Ending.LOWEST_FAILS);
        assertThat(capacity.estimate()).isNull();
        assertThat(capacity.lower()).isNull();
    }

    @Test
    void highestRateThatHoldsEndsTheSearch() throws InterruptedException {
        Capacity capacity = CapacitySearch.find(RULES, cliff(1_000));

        assertThat(capacity.probes()).extracting(Probe::rate).containsExactly(10.0, 23.4, 54.76, 128.2, 300.0);
        assertThat(capacity.ending()).isEqualTo(Ending.HIGHEST_HOLDS);
        assertThat(capacity.lower()).isEqualTo(300.0);
        assertThat(capacity.upper()).isNull();
        assertThat(capacity.estimate()).isNull();
    }

    @Test
    void probeWithoutMeaningEndsTheSearchAndKeepsWhatWasFound() throws InterruptedException {
        Capacity capacity = CapacitySearch.find(
                RULES,
                (rate, number) -> number == 4
                        ? Probe.invalid(rate, "The generator was the limit.")
                        : cliff(1_000).probe(rate, number));

        assertThat(capacity.ending()).isEqualTo(Ending.INVALID);
        assertThat(capacity.probes()).hasSize(4);
        assertThat(capacity.lower()).isEqualTo(54.76);
    }

    @Test
    void fewRequestsAreNoProofSoTheSearchGoesOn() throws InterruptedException {
        // Of five requests one may be bad at 95 %: the lowest rate is not given up for it.
        Capacity capacity = CapacitySearch.find(
                RULES,
                (rate, number) -> rate < 20
                        ? Probe.of(rate, 5, 4, Backlog.NONE)
                        : cliff(84).probe(rate, number));

        assertThat(capacity.ending()).isEqualTo(Ending.NARROW);
        assertThat(capacity.lower()).isEqualTo(83.79);
    }

    @Test
    void wideIntervalEndsWithTheLastProbe() throws InterruptedException {
        Capacity capacity = CapacitySearch.find(new CapacityRules(10, 300, 0.95, 6, 0.1), cliff(84));

        assertThat(capacity.ending()).isEqualTo(Ending.PROBES_USED);
        assertThat(capacity.lower()).isEqualTo(83.79);
        assertThat(capacity.upper()).isEqualTo(103.6);
        assertThat(capacity.estimate()).isBetween(83.79, 103.6);
    }

    @Test
    void hiddenOverloadLowersTheIntervalAndTheEstimate() throws InterruptedException {
        Capacity plain = CapacitySearch.find(RULES, cliff(84));

        Capacity hidden = CapacitySearch.find(
                RULES,
                (rate, number) -> Probe.of(rate, 1000, rate > 84 ? 0 : 1000, new Backlog(false, false, 0.01, 0.03)));

        assertThat(hidden.lower()).isEqualTo(83.79 / 1.03);
        assertThat(hidden.estimate()).isLessThan(plain.estimate());
    }

    @Test
    void sharesThatRiseArePooled() {
        List<Level> levels = List.of(level(10, 100, 90), level(20, 100, 98), level(30, 100, 50));

        assertThat(MonotoneAttainment.shares(levels)).containsExactly(0.94, 0.94, 0.5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0   | 300 | 0.95 | 10  | 0.1   | from must be at least 1 a minute, was 0.0
            10  | 10  | 0.95 | 10  | 0.1   | to must be above from and at most 1000000 a minute, was 10.0
            10  | 2e6 | 0.95 | 10  | 0.1   | to must be above from and at most 1000000 a minute, was 2000000.0
            10  | 300 | 1    | 10  | 0.1   | attainment must be between 0 and 1, was 1.0
            10  | 300 | 0.95 | 2   | 0.1   | mostProbes must be from 3 to 100, was 2
            10  | 300 | 0.95 | 10  | 0.001 | width must be from 0.01 to 1, was 0.001
            """)
    void rulesThatMakeNoSenseAreRefused(
            double from, double to, double attainment, int probes, double width, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CapacityRules(from, to, attainment, probes, width))
                .withMessage(sentence);
    }

    @Test
    void probeThatCannotBeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Probe.of(0, 1, 1, Backlog.NONE))
                .withMessage("rate must be more than 0, was 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Probe.of(10, 1, 2, Backlog.NONE))
                .withMessage("good must be from 0 to 1, was 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Probe.of(10, 0, 0, Backlog.NONE))
                .withMessage("a probe without a request must have a reason");
    }

    private static Level level(double rate, long scheduled, long good) {
        return new Level(rate, scheduled, good, 0, 0);
    }

    /** A thousand requests in each probe, all good up to the capacity and none above. */
    private static Prober cliff(double capacity) {
        return (rate, number) -> Probe.of(rate, 1000, rate <= capacity ? 1000 : 0, Backlog.NONE);
    }
}
