package io.bookstore.perf.compare;

import static io.bookstore.perf.compare.SampleSession.before;
import static io.bookstore.perf.compare.SampleSession.change;
import static io.bookstore.perf.compare.SampleSession.compare;
import static io.bookstore.perf.compare.SampleSession.row;
import static io.bookstore.perf.compare.SampleSession.summaries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {

    @ParameterizedTest
    @CsvSource({
        "1.00, SAME",
        "1.04, SAME",
        "0.97, SAME",
        "1.05, INCONCLUSIVE",
        "1.08, WORSE",
        "0.92, BETTER",
        "10.0, WORSE",
    })
    void medianIsJudgedByAMarginOf5Percent(double factor, ComparisonVerdict verdict) {
        Comparison comparison = compare(8, pair -> summaries(pair, 2000 * factor, 4000));

        assertThat(row(comparison, "llm_response_time.p50").verdict()).isEqualTo(verdict);
        assertThat(comparison.verdict()).isEqualTo(verdict);
        assertThat(comparison.sentence()).startsWith(verdict + ": ");
    }

    @ParameterizedTest
    @CsvSource({"1.08, SAME", "1.12, WORSE", "0.89, BETTER"})
    void p95IsJudgedByAMarginOf10Percent(double factor, ComparisonVerdict verdict) {
        Comparison comparison = compare(8, pair -> summaries(pair, 2000, 4000 * factor));

        assertThat(row(comparison, "llm_response_time.p95").verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"570, SAME", "568, SAME", "560, WORSE", "580, BETTER"})
    void goodputIsJudgedByAMarginOfOnePoint(int good, ComparisonVerdict verdict) {
        Comparison comparison = Comparison.of(
                runs(
                        "before",
                        pair -> SampleRun.at(2 * pair)
                                .summaries(600, 2000, 4000)
                                .goodput(570, 8_000)),
                runs(
                        "after",
                        pair -> SampleRun.at(2 * pair + 1)
                                .summaries(600, 2000, 4000)
                                .goodput(good, 8_000)),
                CompareRules.DEFAULT);

        MetricComparison goodput = row(comparison, "goodput.share");
        assertThat(goodput.verdict()).isEqualTo(verdict);
        assertThat(change(goodput).value()).isCloseTo((good - 570) / 600.0, within(1e-9));
        assertThat(goodput.marginText()).isEqualTo("1 point");
    }

    @Test
    void goodputByOtherLimitsIsLeftOutAndTheLimitsNamed() {
        Comparison comparison = Comparison.of(
                runs(
                        "before",
                        pair -> SampleRun.at(2 * pair)
                                .summaries(600, 2000, 4000)
                                .goodput(570, 8_000)),
                runs(
                        "after",
                        pair -> SampleRun.at(2 * pair + 1)
                                .summaries(600, 2000, 4000)
                                .goodput(300, 500)),
                CompareRules.DEFAULT);

        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.SAME);
        assertThat(comparison.metrics()).extracting(MetricComparison::name).doesNotContain("goodput.share");
        assertThat(comparison.notes())
                .contains(
                        "The goodput is not compared: some runs were judged by llm.e2e=8s, others by llm.e2e=500ms; run both"
                                + " sides with one --slo.");
    }

    @Test
    void goodputThatRunsOfAnOlderKitLackIsLeftOut() {
        Comparison comparison = Comparison.of(
                runs("before", pair -> SampleRun.at(2 * pair).summaries(600, 2000, 4000)),
                runs(
                        "after",
                        pair -> SampleRun.at(2 * pair + 1)
                                .summaries(600, 2000, 4000)
                                .goodput(300, 500)),
                CompareRules.DEFAULT);

        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.SAME);
        assertThat(comparison.notes())
                .contains("The goodput is not compared: 8 of 16 runs have none, as those of an older kit.");
    }

    private static List<ComparedRun> runs(String side, IntFunction<SampleRun> run) {
        return IntStream.range(0, 8)
                .mapToObj(pair -> run.apply(pair).named(side + pair))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"0, SAME", "4, SAME", "10, WORSE"})
    void errorsAreJudgedByAMarginOfOnePoint(int failed, ComparisonVerdict verdict) {
        Comparison comparison = compare(
                8,
                pair -> SampleRun.at(2 * pair + 1)
                        .metrics(
                                SampleRun.latency("llm_response_time", 600, 2000, 4000),
                                SampleRun.failures("llm_errors", failed, 600)));

        MetricComparison errors = row(comparison, "llm_errors.share");
        assertThat(errors.verdict()).isEqualTo(verdict);
        assertThat(change(errors).ratio()).isFalse();
        assertThat(change(errors).value()).isCloseTo(failed / 600.0, within(1e-9));
        assertThat(errors.marginText()).isEqualTo("1 point");
    }

    @Test
    void sentenceNamesTheMetricTheChangeTheIntervalAndTheMargin() {
        Comparison comparison = compare(8, pair -> summaries(pair, 2000, 4000 * 1.25));

        assertThat(comparison.sentence())
                .isEqualTo("WORSE: llm_response_time.p95 is 25.0 % higher (interval +24.7 to +25.3 %),"
                        + " the margin is 10 % (8 pairs).");
    }

    @Test
    void sentenceIsAboutTheMetricFurthestBeyondItsMargin() {
        Comparison comparison = compare(8, pair -> summaries(pair, 2000 * 1.3, 4000 * 1.3));

        assertThat(comparison.sentence())
                .startsWith("WORSE: llm_response_time.p50 is 30.0 % higher")
                .endsWith("(8 pairs); one other metric is WORSE too.");
    }

    @Test
    void rowHasMediansRatioAndTheSmallestVisibleChange() {
        MetricComparison median = row(compare(8, pair -> summaries(pair, 2200, 4000)), "llm_response_time.p50");

        assertThat(median.baseline()).isCloseTo(2000, within(10.0));
        assertThat(median.candidate()).isCloseTo(2200, within(10.0));
        assertThat(change(median).value()).isCloseTo(1.1, within(0.001));
        assertThat(change(median).low()).isBetween(1.09, 1.1);
        assertThat(change(median).high()).isBetween(1.1, 1.11);
        assertThat(median.visible()).isBetween(0.3, 0.7);
        assertThat(median.unit()).isEqualTo("ms");
        assertThat(change(median).text()).matches("1\\.100 \\(1\\.09\\d to 1\\.10\\d\\)");
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "5, 1"})
    void fewerThanSixPairsAreNeverAVerdict(int pairs, int missing) {
        Comparison comparison = compare(pairs, pair -> summaries(pair, 20000, 40000));

        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.INCONCLUSIVE);
        MetricComparison median = row(comparison, "llm_response_time.p50");
        assertThat(median.reason())
                .isEqualTo("A verdict needs at least 6 pairs; needs about " + missing + " more "
                        + (missing == 1 ? "pair." : "pairs."));
        assertThat(median.morePairs()).isEqualTo(missing);
        assertThat(change(median).value()).isCloseTo(10, within(0.1));
    }

    @Test
    void sixPairsAre() {
        assertThat(compare(6, pair -> summaries(pair, 20000, 40000)).verdict()).isEqualTo(ComparisonVerdict.WORSE);
    }

    @Test
    void onePairHasNoInterval() {
        MetricComparison median = row(compare(1, pair -> summaries(pair, 2100, 4000)), "llm_response_time.p50");

        assertThat(change(median).low()).isNull();
        assertThat(change(median).high()).isNull();
        assertThat(median.visible()).isNull();
        assertThat(median.seen()).isFalse();
        assertThat(change(median).text()).isEqualTo("1.049");
    }

    @Test
    void noisyPairsAreInconclusiveAndSayHowManyMoreAreNeeded() {
        double[] noise = {0.85, 1.1, 1.25, 0.9, 1.05, 0.8, 1.2, 0.95};

        Comparison comparison = compare(8, pair -> summaries(pair, 2000 * noise[pair], 4000));

        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.INCONCLUSIVE);
        MetricComparison median = row(comparison, "llm_response_time.p50");
        assertThat(median.morePairs()).isBetween(50, 150);
        assertThat(median.reason()).isEqualTo("Needs about " + median.morePairs() + " more pairs.");
        assertThat(comparison.sentence())
                .isEqualTo("INCONCLUSIVE: 8 pairs do not decide llm_response_time.p50; it needs about "
                        + median.morePairs() + " more pairs.");
        assertThat(median.visible()).isGreaterThan(15);
    }

    @Test
    void regressionCountsAlthoughAnotherMetricIsBetter() {
        Comparison comparison = compare(8, pair -> summaries(pair, 1000, 8000));

        assertThat(row(comparison, "llm_response_time.p50").verdict()).isEqualTo(ComparisonVerdict.BETTER);
        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.WORSE);
    }

    @Test
    void tenTimesTheCostIsWorse() {
        IntFunction<SampleRun> before = pair ->
                before(pair).metrics(SampleRun.counter("llm_operations", 600), SampleRun.counter("llm_cost_usd", 1.2));
        IntFunction<SampleRun> after = pair -> summaries(pair, 2000, 4000)
                .metrics(SampleRun.counter("llm_operations", 600), SampleRun.counter("llm_cost_usd", 12));

        Comparison comparison = compare(8, before, after);

        assertThat(comparison.sentence()).startsWith("WORSE: llm_cost_usd.per_operation is 900.0 % higher");
    }

    @Test
    void arrivalsThatOnlyTheCandidateDropsAreWorse() {
        Comparison comparison = compare(
                8,
                pair -> before(pair).metrics(SampleRun.counter("iterations", 600)),
                pair -> summaries(pair, 2000, 4000)
                        .metrics(SampleRun.counter("iterations", 540), SampleRun.counter("dropped_iterations", 60)));

        assertThat(comparison.sentence()).startsWith("WORSE: dropped_iterations.share is 10.0 points higher");
    }

    @Test
    void throughputThatFallsIsWorse() {
        Comparison comparison = compare(
                8,
                pair -> before(pair).metrics(SampleRun.counter("http_reqs", 600)),
                pair -> summaries(pair, 2000, 4000).metrics(SampleRun.counter("http_reqs", 480)),
                new CompareRules(Map.of("http_reqs.rate", 5.0), Set.of()));

        assertThat(comparison.sentence()).startsWith("WORSE: http_reqs.rate is 20.0 % lower");
    }
}
