package io.bookstore.perf.validity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.record.SpanFacts;
import io.bookstore.perf.results.CrossCheck;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.UsageTotals;
import io.bookstore.perf.results.ValidityFinding;
import io.bookstore.perf.testing.EmbeddedRun;
import io.bookstore.perf.testing.SimulatedBookStore;
import io.bookstore.perf.testing.SimulatedBookStore.Defect;
import io.bookstore.perf.testing.SyntheticRun;
import io.bookstore.testing.Checkout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Inputs that repeat: which evidence shows that the model answered them, and which leaves it unknown. The cache that is seen is a
 * planted defect of {@link UncountedAnswersTest}.
 */
class RepeatedInputsTest {

    private static final double QUICK = 0.008;

    @Test
    void runAboutTheCacheMayRepeatItsInputs(@TempDir Path folder) throws Exception {
        String script = """
                import exec from 'k6/execution';
                import { summarize } from '%s';
                export const options = { iterations: 30 };
                export default function () { summarize({ bookId: '1' }, { requestId: `r${exec.scenario.iterationInTest}` }); }
                """.formatted(Checkout.scripts().resolve("lib/llm.js"));
        try (SimulatedBookStore service = SimulatedBookStore.with(Defect.SILENT_CACHE)) {
            RunResult result = EmbeddedRun.of(script, Map.of("SUMMARY_CACHE", "use"), service.baseUrl(), folder);

            assertThat(result.evidence().inputs()).isNotNull();
            assertThat(result.findings()).isEmpty();
        }
    }

    @Test
    void repeatsThatTakeAsLongAsTheModelAreTheModels() {
        assertThat(findings(run(1).result())).isEmpty();
    }

    @Test
    void repeatsUpToAHalfOfTheAnswersAreSound() {
        RunResult half = run(150).repeatsAnsweredIn(QUICK).result();

        assertThat(findings(half)).isEmpty();
    }

    /** Eight first answers may all have waited for a cold service, so their time proves no cache. */
    @Test
    void sourceOfQuickAnswersToAFewInputsIsUnknown() {
        RunResult result = run(8).repeatsAnsweredIn(QUICK).result();

        assertUnknown(
                result,
                "292 of 300 answers repeat an input of the run, and nothing tells whether the model or a cache gave them (a repeat"
                        + " took 8 ms at the median, a first answer ");
        assertThat(Validity.findings(result, Circumstances.unknown(true)))
                .extracting(ValidityFinding::invalid)
                .containsExactly(true);
    }

    /** The second run of a scenario may find every answer in a cache, its first ones included. */
    @Test
    void repeatsThatAreAsQuickAsTheFirstAnswersAreNoProofOfTheModel() {
        assertUnknown(run(49).answersIn(QUICK, 0).result(), "so whose times these are is unknown");
    }

    @Test
    void quickAnswersAreTheModelsIfSpansSaySo() {
        RunResult result = run(49).answersIn(QUICK, 0).result();
        SpanFacts spans = new SpanFacts(null, List.of(), 0, 300);

        assertThat(Validity.findings(
                        result,
                        new Circumstances(null, null, null, Duration.ZERO, Duration.ZERO, false, spans, List.of())))
                .isEmpty();
    }

    @Test
    void quickAnswersAreTheModelsIfTheSimulatorCountedThem() {
        RunResult result = run(49).answersIn(QUICK, 0).result();

        assertThat(findings(result.with(new CrossCheck(300, 300L, 300L, null, null))))
                .isEmpty();
    }

    @Test
    void promptsThatTheProviderHasInItsCacheAreNoted() {
        UsageTotals billed = new UsageTotals(new UsageTotals.Total(300, 600_000, 580_000), null, null);
        RunResult result = run(8).result().with(new CrossCheck(300, 300L, 300L, null, null, null, billed));

        assertUnknown(result, "the provider's prompt cache had most of their tokens");
    }

    /** 300 answers, of which so many are to a new input. */
    private static SyntheticRun run(int inputs) {
        return SyntheticRun.ofArrivals(1, 5, 60).asking(inputs);
    }

    /** The findings of this rule alone; times that change in the middle of a run break another one. */
    private static List<ValidityFinding> findings(RunResult result) {
        return Validity.findings(result, Circumstances.unknown(false)).stream()
                .filter(finding -> finding.rule().equals("repeated-inputs"))
                .toList();
    }

    private static void assertUnknown(RunResult result, String words) {
        assertThat(findings(result)).singleElement().satisfies(finding -> {
            assertThat(finding.invalid()).isFalse();
            assertThat(finding.sentence()).contains(words);
        });
    }
}
