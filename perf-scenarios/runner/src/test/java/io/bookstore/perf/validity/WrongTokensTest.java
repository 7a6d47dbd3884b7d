package io.bookstore.perf.validity;

import static io.bookstore.perf.validity.JudgedRun.iterations;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.Verdict;
import io.bookstore.perf.testing.EmbeddedRun;
import io.bookstore.perf.testing.SimulatedBookStore;
import io.bookstore.simulator.fault.FaultRule;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that the service tells and no model counted: the run is red, whatever else is found. */
class WrongTokensTest {

    @TempDir
    private static Path shared;

    private static RunResult tenTimesTheTokens;

    @BeforeAll
    static void runWithTenTimesTheTokens() throws InterruptedException {
        try (SimulatedBookStore service = SimulatedBookStore.ofProvider(FaultRule.always("wrong-usage"))) {
            tenTimesTheTokens = EmbeddedRun.ofSummaries(iterations(12), service.baseUrl(), shared);
        }
    }

    @Test
    void tenTimesTheTokensAreRedAlthoughTheMeasurementIsValid() {
        assertThat(tenTimesTheTokens.verdict().exitCode()).isEqualTo(84);
        assertThat(tenTimesTheTokens.wrongUsage()).hasSize(2);
        assertThat(tenTimesTheTokens.findings()).isEmpty();
    }

    /** A defect that was seen stays one, and the reader learns of both. */
    @Test
    void wrongTokensOutweighAnInvalidMeasurementAndBothAreSaid() {
        RunResult judged = Validity.judge(
                tenTimesTheTokens,
                new Circumstances(null, null, null, Duration.ofSeconds(99), Duration.ofSeconds(3), false));

        assertThat(judged.verdict().exitCode()).isEqualTo(84);
        assertThat(judged.problems())
                .containsAll(tenTimesTheTokens.wrongUsage())
                .last(as(STRING))
                .contains("the machine slept");
    }

    @Test
    void runThatALimitStoppedKeepsItsVerdictAndSaysTheRest() {
        RunResult wrong = tenTimesTheTokens.with(Verdict.of(99, "A threshold with abortOnFail was crossed."));

        RunResult judged = Validity.judge(
                wrong, new Circumstances(null, null, null, Duration.ofSeconds(99), Duration.ofSeconds(3), false));

        assertThat(judged.verdict()).isEqualTo(wrong.verdict());
        assertThat(judged.remarks())
                .containsAll(wrong.wrongUsage())
                .last(as(STRING))
                .contains("the machine slept");
    }
}
