package io.bookstore.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The promises of docs/compare.md, held against services of which the truth is known. */
class ComparisonSimulationTest {

    private static final String P95 = "llm_response_time.p95";

    @Test
    void ofAThousandComparisonsOfTheSameServiceAtMostFiftyClaimAChange() {
        List<Comparison> comparisons = simulate(SimulatedSession.unchanged(8, 200), 1000);

        assertThat(count(comparisons, each -> claimsAChange(each))).isLessThanOrEqualTo(50);
        // Each interval by itself misses the truth in 50 of 1,000, give or take three standard deviations.
        assertThat(count(comparisons, each -> seen(each, P95))).isBetween(30L, 71L);
        assertThat(count(comparisons, each -> seen(each, "llm_app_overhead.p50")))
                .isBetween(30L, 71L);
        assertThat(comparisons)
                .allSatisfy(each -> assertThat(each.metrics().stream()
                                .filter(MetricComparison::judged)
                                .map(MetricComparison::name))
                        .containsExactly(
                                "llm_response_time.p50",
                                "llm_response_time.p95",
                                "llm_ttft.p50",
                                "llm_app_overhead.p50",
                                "llm_errors.share",
                                "llm_cost_usd.per_operation"));
    }

    @Test
    void applicationThatIs15PercentSlowerIsWorseInNineOfTenComparisons() {
        List<Comparison> comparisons = simulate(new SimulatedSession(8, 600, true, 1.15, 1), 100);

        assertThat(count(
                        comparisons,
                        each -> each.verdict() == ComparisonVerdict.WORSE
                                && each.sentence().startsWith("WORSE: llm_app_overhead.p50 is 1")))
                .isGreaterThanOrEqualTo(90);
    }

    @Test
    void p95ThatIs2PercentHigherIsSeenWhereTheProviderAnswersAlike() {
        List<Comparison> comparisons = simulate(new SimulatedSession(8, 200, true, 1, 1.02), 100);

        assertThat(count(comparisons, each -> seen(each, P95))).isGreaterThanOrEqualTo(90);
        // It is seen, and within the margin of 10 %.
        assertThat(count(comparisons, each -> verdict(each, P95) == ComparisonVerdict.SAME))
                .isGreaterThanOrEqualTo(90);
    }

    @Test
    void withoutThatItIsMostlyNotSeen() {
        List<Comparison> comparisons = simulate(new SimulatedSession(8, 200, false, 1, 1.02), 100);

        assertThat(count(comparisons, each -> seen(each, P95))).isBetween(5L, 40L);
    }

    private static List<Comparison> simulate(SimulatedSession session, int times) {
        return IntStream.range(0, times).mapToObj(session::compare).toList();
    }

    private static long count(List<Comparison> comparisons, Predicate<Comparison> property) {
        return comparisons.stream().filter(property).count();
    }

    private static boolean claimsAChange(Comparison comparison) {
        return comparison.metrics().stream()
                .anyMatch(metric ->
                        metric.verdict() == ComparisonVerdict.WORSE || metric.verdict() == ComparisonVerdict.BETTER);
    }

    private static boolean seen(Comparison comparison, String metric) {
        return row(comparison, metric).seen();
    }

    private static ComparisonVerdict verdict(Comparison comparison, String metric) {
        return Objects.requireNonNull(row(comparison, metric).verdict());
    }

    private static MetricComparison row(Comparison comparison, String metric) {
        return comparison.metrics().stream()
                .filter(each -> each.name().equals(metric))
                .findFirst()
                .orElseThrow();
    }
}
