package io.bookstore.perf.compare;

import static io.bookstore.perf.compare.SampleSession.side;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.perf.PerfException;
import io.bookstore.perf.results.Verdict;
import io.bookstore.perf.results.facts.GeneratorLoad;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The runs of two sides that count, those that are left out, and the sentences for those that may not be compared. */
class RunSelectionTest {

    @Test
    void runThatTheCallerEndedIsLeftOut() {
        List<ComparedRun> candidate = new ArrayList<>(side(1, "after", run -> {}));
        candidate.add(SampleRun.at(0)
                .summaries(20, 20000, 40000)
                .verdict(Verdict.of(105, null))
                .named("after/stopped"));

        Comparison comparison = Comparison.of(side(0, "before", run -> {}), candidate, CompareRules.DEFAULT);

        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.SAME);
        assertThat(comparison.pairs()).hasSize(8);
        assertThat(comparison.notes()).containsExactly("after/stopped is left out: interrupted.");
    }

    @ParameterizedTest
    @CsvSource({
        "107, script error",
        "108, aborted by the script",
        "79, stopped at its limit in dollars",
        "255, failed with exit code 255"
    })
    void runThatBrokeOffIsNotLeftOutForOnlyTheGoodOnesWouldBeCompared(int exitCode, String reason) {
        List<ComparedRun> candidate = new ArrayList<>(side(1, "after", run -> {}));
        candidate.add(SampleRun.at(100)
                .summaries(20, 20000, 40000)
                .verdict(Verdict.of(exitCode, "Broken."))
                .named("after/broken"));

        Comparison comparison = Comparison.of(side(0, "before", run -> {}), candidate, CompareRules.DEFAULT);

        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.INVALID);
        assertThat(comparison.refusals())
                .containsExactly("after/broken: the run broke off (" + reason + "); without it only the runs that went"
                        + " well would be compared. Find the cause and run the pair again.");
    }

    @Test
    void runThatNeverBeganIsNamedOnceAndNotForItsFactsToo() {
        List<ComparedRun> candidate = new ArrayList<>(side(1, "after", run -> {}));
        candidate.add(SampleRun.at(100)
                .users(0)
                .startedForTheRun(false)
                .provider(false, "unknown")
                .verdict(Verdict.of(104, "The options are wrong."))
                .named("after/broken"));

        Comparison comparison = Comparison.of(side(0, "before", run -> {}), candidate, CompareRules.DEFAULT);

        assertThat(comparison.refusals()).hasSize(1);
        assertThat(comparison.refusals().get(0)).startsWith("after/broken: the run broke off (invalid options); ");
    }

    @Test
    void runThatItsOwnLimitStoppedIsNotLeftOutEither() {
        List<ComparedRun> candidate =
                side(1, "after", run -> run.verdict(Verdict.of(99, "thresholds on metrics 'llm_errors' were crossed")));

        Comparison comparison = Comparison.of(side(0, "before", run -> {}), candidate, CompareRules.DEFAULT);

        assertThat(comparison.refusals()).hasSize(8).allMatch(reason -> reason.contains("(thresholds crossed)"));
    }

    @Test
    void runThatCrossedALimitAtItsEndIsCompared() {
        List<ComparedRun> candidate = side(1, "after", run -> run.verdict(Verdict.of(99, null)));

        Comparison comparison = Comparison.of(side(0, "before", run -> {}), candidate, CompareRules.DEFAULT);

        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.SAME);
    }

    @ParameterizedTest
    @CsvSource({"83, The machine slept.", "84, '12 answers told $0.002, the service has $0.001.'"})
    void runWithFiguresThatMustNotBeJudgedIsRefused(int exitCode, String problem) {
        List<ComparedRun> candidate = new ArrayList<>(side(1, "after", run -> {}));
        candidate.add(SampleRun.at(100).verdict(Verdict.of(exitCode, problem)).named("after/spoilt"));

        Comparison comparison = Comparison.of(side(0, "before", run -> {}), candidate, CompareRules.DEFAULT);

        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.INVALID);
        assertThat(comparison.refusals()).containsExactly("after/spoilt: " + problem);
    }

    @Test
    void runThatMeasuredNothingIsRefused() {
        List<ComparedRun> candidate = List.of(SampleRun.at(1)
                .verdict(Verdict.of(65, "Nothing was measured: no iteration came to its end; make the run longer."))
                .named("after/empty"));

        Comparison comparison = Comparison.of(side(0, "before", run -> {}), candidate, CompareRules.DEFAULT);

        assertThat(comparison.refusals()).hasSize(1);
        assertThat(comparison.refusals().get(0)).startsWith("after/empty: nothing was measured;");
    }

    @Test
    void runOfAnOverloadedGeneratorIsRefused() {
        List<ComparedRun> candidate = side(1, "after", run -> run.generator(new GeneratorLoad(1.9, 1.0, 2)));

        Comparison comparison = Comparison.of(side(0, "before", run -> {}), candidate, CompareRules.DEFAULT);

        assertThat(comparison.refusals().get(0))
                .startsWith("after/0: The load generator took 1.9 of this machine's 2 processors");
    }

    @Test
    void sideOfInterruptedRunsOnlyHasNone() {
        List<ComparedRun> candidate = side(1, "after", run -> run.verdict(Verdict.of(105, null)));

        Comparison comparison = Comparison.of(side(0, "before", run -> {}), candidate, CompareRules.DEFAULT);

        assertThat(comparison.refusals())
                .containsExactly("The candidate has no run that counts: make one and let it run to its end.");
    }

    @Test
    void copiesOfARunCountOnce() {
        List<ComparedRun> copies = Collections.nCopies(
                6, SampleRun.at(1).summaries(600, 20000, 40000).named("after/copy"));

        Comparison comparison = Comparison.of(side(0, "before", run -> {}), copies, CompareRules.DEFAULT);

        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.INCONCLUSIVE);
        assertThat(comparison.pairs()).hasSize(1);
        assertThat(comparison.notes()).contains("after/copy is left out: it is a copy of after/copy.");
    }

    @Test
    void runThatIsOnBothSidesIsRefused() {
        List<ComparedRun> side = side(0, "before", run -> {});

        assertThatThrownBy(() -> Comparison.of(side, side, CompareRules.DEFAULT))
                .isInstanceOf(PerfException.class)
                .hasMessage("before/0 and before/0 are the same run: name two folders with runs of their own.");
    }
}
