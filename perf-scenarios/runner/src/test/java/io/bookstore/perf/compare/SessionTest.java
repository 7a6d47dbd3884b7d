package io.bookstore.perf.compare;

import static io.bookstore.perf.compare.SampleSession.compare;
import static io.bookstore.perf.compare.SampleSession.noisy;
import static io.bookstore.perf.compare.SampleSession.row;
import static io.bookstore.perf.compare.SampleSession.summaries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SessionTest {

    @Test
    void baselineWithTwiceTheRunsIsItsOwnControl() {
        Comparison comparison = controlled(8, pair -> noisy(2000, pair + 3));

        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.WORSE);
        assertThat(comparison.pairs()).hasSize(8);
        assertThat(comparison.pairs().get(1)).isEqualTo(new Comparison.PairedRuns("before/2", "after/1", "before/3"));
        assertThat(Objects.requireNonNull(
                                row(comparison, "llm_response_time.p50").control())
                        .value())
                .isCloseTo(1, within(0.005));
    }

    @Test
    void sessionInWhichTheBaselineDiffersFromItselfIsTooNoisy() {
        Comparison comparison = controlled(8, pair -> noisy(2060, pair + 3));

        assertThat(row(comparison, "llm_response_time.p50").verdict()).isEqualTo(ComparisonVerdict.INVALID);
        assertThat(comparison.sentence())
                .isEqualTo("INVALID: llm_response_time.p50 cannot be judged. The session is too noisy: the baseline"
                        + " differs from itself by more than chance.");
    }

    @Test
    void sessionInWhichTheBaselineScattersByMoreThanTheMarginIsTooNoisy() {
        double[] scatter = {1.1, 0.9, 1.12, 0.88, 0.93, 1.07, 0.9, 1.1};

        Comparison comparison = controlled(8, pair -> 2000 * scatter[pair]);

        assertThat(row(comparison, "llm_response_time.p50").reason())
                .isEqualTo("The session is too noisy: the baseline scatters by more than the margin.");
    }

    @Test
    void runsArePairedInTheOrderOfTheirStartAndTheRestIsNamed() {
        List<ComparedRun> baseline = List.of(
                summaries(3, 2000, 4000).named("b4"),
                summaries(0, 2001, 4000).named("b1"),
                summaries(1, 2002, 4000).named("b2"));
        List<ComparedRun> candidate = List.of(
                summaries(5, 2003, 4000).named("c2"), summaries(2, 2004, 4000).named("c1"));

        Comparison comparison = Comparison.of(baseline, candidate, CompareRules.DEFAULT);

        assertThat(comparison.pairs())
                .containsExactly(
                        new Comparison.PairedRuns("b1", "c1", null), new Comparison.PairedRuns("b2", "c2", null));
        assertThat(comparison.notes()).contains("b4 is left out: the other side has no run to pair it with.");
    }

    @Test
    void sidesThatRanOneAfterTheOtherAreNotedAsSuch() {
        Comparison apart = compare(
                8, SampleSession::before, pair -> SampleRun.at(100 + pair).summaries(600, noisy(2000, pair), 4000));
        Comparison inTurn = compare(8, pair -> summaries(pair, 2000, 4000));

        assertThat(apart.notes())
                .containsExactly("One side ran wholly before the other, so that a machine that has changed meanwhile"
                        + " looks like a service that has: run them in turn (A B B A).");
        assertThat(inTurn.notes()).isEmpty();
    }

    /** A candidate that is 20 % slower, and a second run of the baseline beside each first one. */
    private static Comparison controlled(int pairs, IntToDoubleFunction second) {
        List<ComparedRun> baseline = new ArrayList<>();
        List<ComparedRun> candidate = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            baseline.add(SampleRun.at(3 * pair)
                    .summaries(600, noisy(2000, pair), 4000)
                    .named("before/" + 2 * pair));
            candidate.add(SampleRun.at(3 * pair + 1).summaries(600, 2400, 4000).named("after/" + pair));
            baseline.add(SampleRun.at(3 * pair + 2)
                    .summaries(600, second.applyAsDouble(pair), 4000)
                    .named("before/" + (2 * pair + 1)));
        }
        return Comparison.of(baseline, candidate, CompareRules.DEFAULT);
    }
}
