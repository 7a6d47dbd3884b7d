package io.bookstore.perf.validity;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.bookstore.perf.record.SpanFacts;
import io.bookstore.perf.results.ErrorKind;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ValidityFinding;
import io.bookstore.perf.slo.FreeAnswers;
import io.bookstore.perf.stack.RequestCounter;
import io.bookstore.perf.testing.EmbeddedRun;
import io.bookstore.perf.testing.SimulatedBookStore;
import io.bookstore.perf.testing.SyntheticRun;
import io.bookstore.perf.testing.UnreliableBookStore;
import io.bookstore.perf.testing.UnreliableBookStore.Defect;
import io.bookstore.testing.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Defects of a service that a load test has to name. Tokens and costs that others count differently are in
 * {@link WrongTokensTest}, twice the latency in the tests of compare and gate.
 */
class PlantedServiceDefectsTest {

    private static final int REQUESTS = 4;
    private static final String FOUR_TIMES =
            "{ scenarios: { four: { executor: 'shared-iterations', vus: 1, iterations: 4 } },"
                    + " thresholds: { llm_errors: ['rate<0.05'] } }";

    private static final String TWELVE_TIMES =
            "{ scenarios: { twelve: { executor: 'shared-iterations', vus: 6, iterations: 12 } },"
                    + " thresholds: { llm_operations: ['count>0'] } }";

    @TempDir
    Path folder;

    @Test
    void serviceWithoutADefectHasNoError() throws Exception {
        RunResult result = run(EnumSet.noneOf(Defect.class));

        assertThat(result.verdict().exitCode()).isZero();
        assertThat(result.errors()).isEmpty();
    }

    @Test
    void failureThatIsToldAs200IsRedAndNamed() throws Exception {
        RunResult result = run(EnumSet.of(Defect.FAILURES_TOLD_AS_GOOD));

        assertThat(result.verdict().exitCode()).isEqualTo(99);
        assertNamed(result, "summary has a text");
    }

    @Test
    void answerWithoutUsageIsNamed() throws Exception {
        assertNamed(run(EnumSet.of(Defect.SUMMARIES_WITHOUT_USAGE)), "summary tells its tokens");
    }

    @Test
    void refusalWithoutRetryAfterIsRedAndNamed() throws Exception {
        RunResult result = run(EnumSet.of(Defect.REFUSALS_WITHOUT_RETRY_AFTER));

        assertThat(result.verdict().exitCode()).isEqualTo(99);
        assertNamed(result, "refusal (429) has Retry-After");
    }

    @Test
    void failureAsAPageOfHtmlIsRedAndNamed() throws Exception {
        RunResult result = run(EnumSet.of(Defect.FAILURES_AS_HTML));

        assertThat(result.verdict().exitCode()).isEqualTo(99);
        assertNamed(result, "failed summary is told as JSON");
    }

    @Test
    void serviceThatKeepsItsTracesAndTellsItsCostIsNotNamed() throws Exception {
        assertThat(rulesOf(traced())).isEmpty();
    }

    /** A service of which nothing arrives is no defect. */
    @Test
    void serviceWithoutSpansIsNotNamed() throws Exception {
        try (SimulatedBookStore service = SimulatedBookStore.ofProvider()) {
            assertThat(rulesOf(EmbeddedRun.ofSummaries(TWELVE_TIMES, service.baseUrl(), folder, FreePort.find())))
                    .isEmpty();
        }
    }

    @Test
    void serviceThatDoesNotReadTraceparentIsNamed() throws Exception {
        assertNoted(
                traced(SimulatedBookStore.Defect.TRACES_OF_ITS_OWN),
                "lost-traces",
                "None of 12 good answers has a server span under the trace id that its request sent",
                "the service does not read traceparent");
    }

    @Test
    void traceThatIsLostOnTheWayToTheModelIsNamed() throws Exception {
        assertNoted(
                traced(SimulatedBookStore.Defect.CALLS_IN_OTHER_TRACES),
                "lost-traces",
                "None of 12 good answers has the span of its call to the model under its trace id",
                "the service loses the trace on the way to its calls");
    }

    @Test
    void requestIdThatTheProviderNeverSeesIsNamed() throws Exception {
        assertNoted(
                traced(SimulatedBookStore.Defect.NO_ID_FOR_THE_PROVIDER),
                "lost-traces",
                "None of 12 good answers has an attempt under its id in the provider's journal",
                "passes neither traceparent nor X-Request-Id on");
    }

    @Test
    void callWithASpanOfTheKindInternalIsNamedWithItsService() throws Exception {
        assertNoted(
                traced(SimulatedBookStore.Defect.INTERNAL_SPANS),
                "internal-spans",
                "12 spans of a call to a provider in the service \"helpdesk\" have the kind INTERNAL",
                "conventions demand CLIENT");
    }

    @ParameterizedTest
    @EnumSource(
            value = SimulatedBookStore.Defect.class,
            names = {"FREE", "WITHOUT_COST"})
    void tokensThatCostNothingAreNamedWithTheirModel(SimulatedBookStore.Defect defect) throws Exception {
        try (SimulatedBookStore service = SimulatedBookStore.with(defect)) {
            assertNoted(
                    EmbeddedRun.ofSummaries(TWELVE_TIMES, service.baseUrl(), folder),
                    "free-answers",
                    "12 answers of gpt-4o used tokens and told no cost",
                    "$2.5 for a million input and $10 for a million output tokens");
        }
    }

    @Test
    void defectOfTheServiceMakesAStrictRunInvalid() {
        Circumstances strict = new Circumstances(
                null,
                null,
                new RequestCounter.Lateness(0, 0),
                Duration.ZERO,
                Duration.ZERO,
                true,
                SpanFacts.NONE,
                List.of(new FreeAnswers("gpt-4o", 1, 2.5, 10)));

        RunResult judged = Validity.judge(SyntheticRun.ofUsers(1, 5, 180).result(), strict);

        assertThat(judged.verdict().exitCode()).isEqualTo(83);
        assertThat(judged.verdict().problem()).startsWith("1 answer of gpt-4o used tokens and told no cost");
    }

    @Test
    void traceWithMoreCallsThanARecordKeepsIsNoted() {
        Circumstances crowded = new Circumstances(
                null,
                null,
                new RequestCounter.Lateness(0, 0),
                Duration.ZERO,
                Duration.ZERO,
                false,
                new SpanFacts(null, List.of(), 1, 0),
                List.of());

        assertThat(Validity.judge(SyntheticRun.ofUsers(1, 5, 180).result(), crowded)
                        .findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.rule()).isEqualTo("crowded-traces"))
                .satisfies(finding -> assertThat(finding.sentence())
                        .isEqualTo(
                                "1 trace has more than 1,000 calls to a model, attempts at a provider, or requests of an HTTP client,"
                                        + " and its record has the first 1,000 of each: look in the service for a loop, or for work that goes on in the"
                                        + " trace of a request."));
    }

    private RunResult traced(SimulatedBookStore.Defect... defects) throws Exception {
        int otlpPort = FreePort.find();
        try (SimulatedBookStore service = SimulatedBookStore.sendingSpansTo(otlpPort, defects)) {
            return EmbeddedRun.ofSummaries(TWELVE_TIMES, service.baseUrl(), folder, otlpPort);
        }
    }

    private static List<String> rulesOf(RunResult result) {
        return result.findings().stream()
                .map(ValidityFinding::rule)
                .filter(List.of("lost-traces", "internal-spans", "free-answers")::contains)
                .toList();
    }

    private static void assertNoted(RunResult result, String rule, String... words) {
        assertThat(rulesOf(result)).containsExactly(rule);
        assertThat(result.verdict().exitCode()).isZero();
        assertThat(result.remarks())
                .filteredOn(sentence -> sentence.contains(words[0]))
                .singleElement(as(STRING))
                .contains(words);
    }

    private RunResult run(Set<Defect> defects) throws InterruptedException {
        try (UnreliableBookStore service = new UnreliableBookStore(defects, 0)) {
            return EmbeddedRun.ofSummaries(FOUR_TIMES, service.baseUrl(), folder);
        }
    }

    private static void assertNamed(RunResult result, String check) {
        assertThat(result.errors())
                .filteredOn(error -> error.source() == ErrorKind.Source.CHECK)
                .filteredOn(error -> error.description().equals(check))
                .singleElement()
                .satisfies(error -> assertThat(error.count()).isEqualTo(REQUESTS));
    }
}
