package io.bookstore.perf.compare;

import static io.bookstore.perf.compare.SampleSession.before;
import static io.bookstore.perf.compare.SampleSession.compare;
import static io.bookstore.perf.compare.SampleSession.noisy;
import static io.bookstore.perf.compare.SampleSession.row;
import static io.bookstore.perf.compare.SampleSession.summaries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.perf.PerfException;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarginTest {

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
                compare(8, SampleSession::before, pair -> summaries(pair, 2000 * 1.15, 4000 * 1.15), rules);

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

        assertThatThrownBy(() -> compare(8, SampleSession::before, pair -> summaries(pair, 2000, 4000), rules))
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
}
