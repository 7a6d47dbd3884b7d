package io.bookstore.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bookstore.perf.results.MetricSummary;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A regression names the part of the response time that it is in. */
class GrownPartTest {

    @ParameterizedTest
    @CsvSource({
        "0,   150, 2,   application, The application grew by 150 ms of 152 ms.",
        "300, 0,   0,   provider,    The provider grew by 300 ms of 300 ms.",
        "-50, 0,   170, transport,   The transport grew by 170 ms of 120 ms.",
    })
    void partThatGrewMostIsNamed(double provider, double application, double transport, String part, String sentence) {
        Comparison comparison = compare(
                pair -> run(pair, 2000, 80, 5),
                pair -> run(pair + 1, 2000 + provider, 80 + application, 5 + transport));

        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.WORSE);
        GrownPart grown = grown(comparison);
        assertThat(grown.part()).isEqualTo(part);
        assertThat(grown.ofMs()).isCloseTo(provider + application + transport, within(0.001));
        assertThat(grown.sentence()).isEqualTo(sentence);
    }

    @Test
    void retriesThatRoseAreNamedBesideIt() {
        Comparison comparison = compare(
                pair -> run(pair, 2000, 80, 5).metrics(retries(3)),
                pair -> run(pair + 1, 2000, 230, 5).metrics(retries(60)));

        assertThat(grown(comparison).sentence())
                .isEqualTo("The application grew by 150 ms of 150 ms; retries rose from 0.5 to 10.0 in 100 summaries.");
    }

    @Test
    void serviceThatDoesNotTellItsOwnTimeIsOnePartWithTheTransport() {
        Comparison comparison = compare(
                pair -> summaries(pair, 2085).metrics(mean("llm_provider_time", 2000), mean("llm_app_overhead", 85)),
                pair -> summaries(pair + 1, 2235)
                        .metrics(mean("llm_provider_time", 2000), mean("llm_app_overhead", 235)));

        assertThat(grown(comparison).sentence()).isEqualTo("The application or transport grew by 150 ms of 150 ms.");
    }

    @Test
    void serviceThatDoesNotTellItsProvidersTimeIsOnePart() {
        Comparison comparison = compare(
                pair -> summaries(pair, 2005).metrics(mean("llm_transport_time", 5)),
                pair -> summaries(pair + 1, 2155).metrics(mean("llm_transport_time", 5)));

        assertThat(grown(comparison).sentence()).isEqualTo("The service grew by 150 ms of 150 ms.");
    }

    @Test
    void serviceThatTellsNoPartHasNone() {
        Comparison comparison = compare(pair -> summaries(pair, 2000), pair -> summaries(pair + 1, 2200));

        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.WORSE);
        assertThat(comparison.grown()).isNull();
    }

    @Test
    void moreFailuresAreInNoPart() {
        Comparison comparison = compare(
                pair -> run(pair, 2000, 80, 5),
                pair -> run(pair + 1, 2000, 80, 5).metrics(SampleRun.failures("crud_errors", 60, 600)));

        assertThat(comparison.grown()).isNull();
    }

    @Test
    void verdictThatIsNotWorseHasNone() {
        Comparison comparison = compare(pair -> run(pair, 2000, 80, 5), pair -> run(pair + 1, 2000.4, 80, 5));

        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.SAME);
        assertThat(comparison.grown()).isNull();
    }

    private static GrownPart grown(Comparison comparison) {
        return Objects.requireNonNull(comparison.grown(), comparison.sentence());
    }

    private static Comparison compare(IntFunction<SampleRun> baseline, IntFunction<SampleRun> candidate) {
        return Comparison.of(
                IntStream.range(0, 8)
                        .mapToObj(i -> baseline.apply(2 * i).named("before/" + i))
                        .toList(),
                IntStream.range(0, 8)
                        .mapToObj(i -> candidate.apply(2 * i).named("after/" + i))
                        .toList(),
                CompareRules.DEFAULT);
    }

    /** A run whose parts have these means; what the service adds to the provider's time is overhead, on the way too. */
    private static SampleRun run(int minute, double provider, double application, double transport) {
        return summaries(minute, provider + application + transport)
                .metrics(
                        mean("llm_provider_time", provider),
                        mean("llm_app_overhead", application + transport),
                        mean("llm_transport_time", transport));
    }

    private static SampleRun summaries(int minute, double mean) {
        return SampleRun.at(minute).summaries(600, mean, 2 * mean);
    }

    private static MetricSummary mean(String name, double mean) {
        return SampleRun.latency(name, 600, mean, 2 * mean);
    }

    private static MetricSummary[] retries(int count) {
        return new MetricSummary[] {SampleRun.counter("llm_operations", 600), SampleRun.counter("llm_retries", count)};
    }
}
