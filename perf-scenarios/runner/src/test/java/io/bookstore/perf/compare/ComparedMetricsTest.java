package io.bookstore.perf.compare;

import static io.bookstore.perf.compare.SampleSession.before;
import static io.bookstore.perf.compare.SampleSession.compare;
import static io.bookstore.perf.compare.SampleSession.noisy;
import static io.bookstore.perf.compare.SampleSession.row;
import static io.bookstore.perf.compare.SampleSession.summaries;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class ComparedMetricsTest {

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
    void modelThatCostsNothingIsNotComparedByItsCost() {
        IntFunction<SampleRun> run = minute -> SampleRun.at(minute)
                .summaries(600, noisy(2000, minute / 2), 4000)
                .metrics(SampleRun.counter("llm_operations", 600), SampleRun.counter("llm_cost_usd", 0));

        Comparison comparison = compare(8, pair -> run.apply(2 * pair), pair -> run.apply(2 * pair + 1));

        assertThat(comparison.metrics()).noneMatch(metric -> metric.name().startsWith("llm_cost_usd"));
        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.SAME);
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
}
