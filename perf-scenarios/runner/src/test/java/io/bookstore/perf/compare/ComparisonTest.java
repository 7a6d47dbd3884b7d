package io.bookstore.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.bookstore.perf.PerfException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {

    /** Noise of a quiet machine, in percent, that a test can see through. */
    private static final double[] NOISE = {0.1, -0.3, 0.2, 0.4, -0.2, -0.1, 0.3, -0.4, 0.0, 0.1, -0.2, 0.2};

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
    void p95OfFewerThan200SamplesIsInvalid() {
        Comparison comparison = compare(
                8,
                pair -> SampleRun.at(2 * pair).summaries(199, noisy(2000, pair), 4000),
                pair -> SampleRun.at(2 * pair + 1).summaries(199, 2000, 4000));

        assertThat(row(comparison, "llm_response_time.p50").verdict()).isEqualTo(ComparisonVerdict.SAME);
        assertThat(row(comparison, "llm_response_time.p95").verdict()).isEqualTo(ComparisonVerdict.INVALID);
        assertThat(row(comparison, "llm_response_time.p95").change()).isNull();
        assertThat(comparison.sentence())
                .isEqualTo("INVALID: llm_response_time.p95 cannot be judged. p95 needs 200 samples in each run,"
                        + " before/0 has 199; make the runs longer.");
    }

    @Test
    void p99OfFewerThan1000SamplesIsNotShown() {
        MetricComparison p99 = row(compare(8, pair -> summaries(pair, 2000, 4000)), "llm_response_time.p99");

        assertThat(p99.verdict()).isNull();
        assertThat(p99.change()).isNull();
        assertThat(p99.reason()).startsWith("p99 needs 1000 samples in each run, before/0 has 600;");
    }

    @Test
    void p99IsJudgedWhereItHasAMargin() {
        Comparison comparison = compare(
                8,
                pair -> SampleRun.at(2 * pair).summaries(1000, 2000, noisy(4000, pair)),
                pair -> SampleRun.at(2 * pair + 1).summaries(1000, 2000, 4000),
                new CompareRules(Map.of("llm_response_time.p99", 10.0), Set.of()));

        assertThat(row(comparison, "llm_response_time.p99").verdict()).isEqualTo(ComparisonVerdict.SAME);
        assertThat(row(comparison, "llm_response_time.p99").judged()).isTrue();
    }

    @Test
    void marginOfAStatisticCountsForEveryJudgedMetric() {
        CompareRules rules = new CompareRules(Map.of("p50", 20.0, "p95", 20.0), Set.of());

        Comparison comparison =
                compare(8, ComparisonTest::before, pair -> summaries(pair, 2000 * 1.15, 4000 * 1.15), rules);

        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.SAME);
        assertThat(row(comparison, "llm_response_time.p50").margin()).isEqualTo(20);
        assertThat(row(comparison, "llm_response_time.p99").judged()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            llm_respons_time.p95 | --margin llm_respons_time.p95: these runs have no such metric; did you mean llm_response_time.p95?
            p59                  | --margin p59: these runs have no such metric; did you mean p50?
            throughput           | --margin throughput: these runs have no such metric; they have llm_errors.share, llm_response_time.p50,
            """)
    void marginOfAMetricThatNoRunHasIsRefused(String name, String sentence) {
        CompareRules rules = new CompareRules(Map.of(name, 5.0), Set.of());

        assertThatThrownBy(() -> compare(8, ComparisonTest::before, pair -> summaries(pair, 2000, 4000), rules))
                .isInstanceOf(PerfException.class)
                .hasMessageStartingWith(sentence);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-5, -5", "101, 101", "NaN, NaN"})
    void marginThatIsNoPercentageIsRefused(double margin, String shown) {
        assertThatThrownBy(() -> new CompareRules(Map.of("p95", margin), Set.of()))
                .isInstanceOf(PerfException.class)
                .hasMessage("--margin p95 must be more than 0 and at most 100 percent, was " + shown + ".");
    }

    @Test
    void timeOfAScriptsOwnIsJudgedWhereItHasAMargin() {
        Comparison comparison = compare(
                8,
                pair -> before(pair).metrics(SampleRun.latency("checkout_time", 600, 20, 50)),
                pair -> summaries(pair, 2000, 4000).metrics(SampleRun.latency("checkout_time", 600, 20, 70)),
                new CompareRules(Map.of("checkout_time.p95", 10.0), Set.of()));

        assertThat(comparison.sentence()).startsWith("WORSE: checkout_time.p95 is 40.0 % higher");
    }

    @Test
    void scriptWithoutMetricsOfItsOwnIsJudgedByK6s() {
        IntFunction<SampleRun> run = minute -> SampleRun.at(minute)
                .metrics(
                        SampleRun.latency("http_req_duration", 600, noisy(20, minute / 2), 50),
                        SampleRun.failures("http_req_failed", 3, 600));

        Comparison comparison = compare(8, pair -> run.apply(2 * pair), pair -> run.apply(2 * pair + 1));

        assertThat(comparison.metrics().stream()
                        .filter(MetricComparison::judged)
                        .map(MetricComparison::name))
                .containsExactly("http_req_duration.p50", "http_req_duration.p95", "http_req_failed.share");
        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.SAME);
    }

    @Test
    void metricsOfK6AreLeftOutBesideThoseOfOurScriptsUnlessTheyHaveAMargin() {
        IntFunction<SampleRun> before = pair -> before(pair).metrics(SampleRun.failures("http_req_failed", 3, 600));
        IntFunction<SampleRun> after =
                pair -> summaries(pair, 2000, 4000).metrics(SampleRun.failures("http_req_failed", 60, 600));
        CompareRules asked = new CompareRules(Map.of("http_req_failed.share", 2.0), Set.of());

        assertThat(compare(8, before, after).metrics())
                .noneMatch(metric -> metric.name().startsWith("http_req_"));
        assertThat(compare(8, before, after, asked).sentence())
                .startsWith("WORSE: http_req_failed.share is 9.5 points higher");
    }

    @Test
    void timeIsNotHeldToLessThanAMillisecondUnlessTheUserAsksForIt() {
        // 0.8 ms of 4 ms are 20 %, and no clock of a loaded machine tells them apart.
        IntFunction<SampleRun> before =
                pair -> before(pair).metrics(SampleRun.latency("llm_app_overhead", 600, noisy(4, pair), 9));
        IntFunction<SampleRun> after =
                pair -> summaries(pair, 2000, 4000).metrics(SampleRun.latency("llm_app_overhead", 600, 4.8, 9));
        CompareRules asked = new CompareRules(Map.of("llm_app_overhead.p50", 5.0), Set.of());

        MetricComparison application = row(compare(8, before, after), "llm_app_overhead.p50");
        assertThat(application.verdict()).isEqualTo(ComparisonVerdict.SAME);
        assertThat(application.marginText()).isEqualTo("25 %");
        assertThat(row(compare(8, before, after, asked), "llm_app_overhead.p50").verdict())
                .isEqualTo(ComparisonVerdict.WORSE);
    }

    @Test
    void metricThatARunLacksIsInvalid() {
        Comparison comparison = compare(
                8,
                pair -> before(pair).metrics(SampleRun.latency("llm_ttft", 600, 500, 900)),
                pair -> summaries(pair, 2000, 4000));

        assertThat(row(comparison, "llm_ttft.p50").verdict()).isEqualTo(ComparisonVerdict.INVALID);
        assertThat(row(comparison, "llm_ttft.p50").reason()).isEqualTo("after/0 has no sample of it.");
    }

    @Test
    void errorsOfFewRequestsAreInvalidEvenWithoutAnyError() {
        IntFunction<SampleRun> run = minute -> SampleRun.at(minute)
                .metrics(
                        SampleRun.latency("llm_response_time", 40, noisy(2000, minute / 2), 4000),
                        SampleRun.failures("llm_errors", 0, 40));

        Comparison comparison = compare(6, pair -> run.apply(2 * pair), pair -> run.apply(2 * pair + 1));

        assertThat(row(comparison, "llm_errors.share").reason())
                .isEqualTo("A margin of 1 point needs 300 requests on each side, the baseline has 240;"
                        + " make the runs longer.");
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
    void modelThatCostsNothingIsNotComparedByItsCost() {
        IntFunction<SampleRun> run = minute -> SampleRun.at(minute)
                .summaries(600, noisy(2000, minute / 2), 4000)
                .metrics(SampleRun.counter("llm_operations", 600), SampleRun.counter("llm_cost_usd", 0));

        Comparison comparison = compare(8, pair -> run.apply(2 * pair), pair -> run.apply(2 * pair + 1));

        assertThat(comparison.metrics()).noneMatch(metric -> metric.name().startsWith("llm_cost_usd"));
        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.SAME);
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
    void runsWithoutAJudgedMetricAreInvalid() {
        IntFunction<SampleRun> run =
                minute -> SampleRun.at(minute).metrics(SampleRun.counter("http_reqs", 600 + minute));

        Comparison comparison = compare(8, pair -> run.apply(2 * pair), pair -> run.apply(2 * pair + 1));

        assertThat(comparison.sentence())
                .isEqualTo("INVALID: these runs have no metric that is judged; give one a margin with --margin.");
        assertThat(row(comparison, "http_reqs.rate").verdict()).isNull();
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
                8, ComparisonTest::before, pair -> SampleRun.at(100 + pair).summaries(600, noisy(2000, pair), 4000));
        Comparison inTurn = compare(8, pair -> summaries(pair, 2000, 4000));

        assertThat(apart.notes())
                .containsExactly("One side ran wholly before the other, so that a machine that has changed meanwhile"
                        + " looks like a service that has: run them in turn (A B B A).");
        assertThat(inTurn.notes()).isEmpty();
    }

    private static Comparison compare(int pairs, IntFunction<SampleRun> candidate) {
        return compare(pairs, ComparisonTest::before, candidate);
    }

    private static Comparison compare(int pairs, IntFunction<SampleRun> baseline, IntFunction<SampleRun> candidate) {
        return compare(pairs, baseline, candidate, CompareRules.DEFAULT);
    }

    private static Comparison compare(
            int pairs, IntFunction<SampleRun> baseline, IntFunction<SampleRun> candidate, CompareRules rules) {
        return Comparison.of(
                IntStream.range(0, pairs)
                        .mapToObj(pair -> baseline.apply(pair).named("before/" + pair))
                        .toList(),
                IntStream.range(0, pairs)
                        .mapToObj(pair -> candidate.apply(pair).named("after/" + pair))
                        .toList(),
                rules);
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

    private static SampleRun before(int pair) {
        return SampleRun.at(2 * pair).summaries(600, noisy(2000, pair), noisy(4000, pair));
    }

    private static SampleRun summaries(int pair, double p50, double p95) {
        return SampleRun.at(2 * pair + 1).summaries(600, p50, p95);
    }

    private static double noisy(double value, int run) {
        return value * (1 + NOISE[run % NOISE.length] / 100);
    }

    private static MetricComparison row(Comparison comparison, String name) {
        return comparison.metrics().stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + comparison));
    }

    private static MetricComparison.Change change(MetricComparison metric) {
        return Objects.requireNonNull(metric.change());
    }
}
