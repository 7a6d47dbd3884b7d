package io.bookstore.perf.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.results.CrossCheck;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.UsageTotals.Total;
import io.bookstore.perf.testing.EmbeddedRun;
import io.bookstore.perf.testing.SimulatedBookStore;
import io.bookstore.perf.testing.SimulatedBookStore.Defect;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.fault.FaultRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real runs against a service whose provider is the real simulator: do tokens and money add up? */
class RunAuditTest {

    private static final String TWELVE = """
            {
              scenarios: { ai: { executor: 'shared-iterations', vus: 2, iterations: 12 } },
              thresholds: { llm_operations: ['count>0'] },
            }""";

    @TempDir
    Path folder;

    @Test
    void tokensAndMoneyOfASoundServiceAddUp() throws Exception {
        // when
        RunResult result = run(SimulatedBookStore.ofProvider());

        // then
        CrossCheck counts = Objects.requireNonNull(result.crossCheck());
        Total journalled = Objects.requireNonNull(
                Objects.requireNonNull(counts.simulatorUsage()).output());
        assertThat(result.verdict().exitCode()).isZero();
        assertThat(result.findings()).isEmpty();
        assertThat(journalled.calls()).isEqualTo(12);
        assertThat(journalled.amount()).isPositive();
        assertThat(result.evidence().told().output()).isEqualTo(journalled);
        assertThat(Objects.requireNonNull(counts.serviceUsage()).usd()).isNotNull();
    }

    @Test
    void tenTimesTheTokensAreRedWithBothFigures() throws Exception {
        // when
        RunResult result = run(SimulatedBookStore.ofProvider(FaultRule.always("wrong-usage")));

        // then
        Total told = Objects.requireNonNull(result.evidence().told().output());
        assertThat(result.verdict().exitCode()).isEqualTo(84);
        assertThat(result.verdict().reason()).isEqualTo("tokens or cost do not add up");
        assertThat(result.verdict().problem())
                .contains(
                        "12 answers told %,.0f output tokens, the simulator's journal has %,.0f output tokens of 12 calls."
                                .formatted(told.amount(), told.amount() / 10))
                .contains("input tokens");
        assertThat(folder.resolve("junit.xml")).content().contains("errors=\"1\"", "type=\"exit code 84\"");
        assertThat(folder.resolve("summary.json")).content().contains("\"exitCode\" : 84");
    }

    @Test
    void tenTimesTheTokensOfHalfOfTheAnswersAreRedAmidRetries() throws Exception {
        RunResult result = run(SimulatedBookStore.ofProvider(sometimes("529", 0.3), sometimes("wrong-usage", 0.6)));

        assertThat(result.verdict().exitCode()).isEqualTo(84);
    }

    /** Each of these costs tokens or requests that no answer shows. */
    @Test
    void retriesCutAnswersAndTimeoutsAreNoDifference() throws Exception {
        RunResult result = run(SimulatedBookStore.impatientWithProvider(
                sometimes("529", 0.2),
                sometimes("reset-after-headers", 0.2),
                sometimes("malformed-frame:1", 0.1),
                sometimes("slow-drip:600", 0.15)));

        CrossCheck counts = Objects.requireNonNull(result.crossCheck());
        assertThat(result.wrongUsage()).isEmpty();
        assertThat(result.verdict().exitCode()).isZero();
        assertThat(counts.simulator()).isGreaterThan(counts.engine());
    }

    @Test
    void answersFromACacheTellNoTokensAndAreNoDifference() throws Exception {
        RunResult result = run(SimulatedBookStore.with(Defect.CACHE));

        assertThat(Objects.requireNonNull(result.evidence().told().input()).calls())
                .isBetween(1L, 2L);
        assertThat(result.verdict().exitCode()).isZero();
    }

    /** They tell twelve times what one call used: nobody can say what they should have told. */
    @Test
    void answersThatTellTheTokensOfACachedCallCannotBeCompared() throws Exception {
        RunResult result = run(SimulatedBookStore.with(Defect.TELLING_CACHE));

        assertThat(result.wrongUsage()).isEmpty();
        assertThat(result.verdict().exitCode()).isZero();
    }

    @Test
    void moneyThatTheServiceCountsOtherwiseIsRed() throws Exception {
        RunResult result = run(SimulatedBookStore.with(Defect.HALF_OF_THE_COST));

        assertThat(result.verdict().exitCode()).isEqualTo(84);
        assertThat(result.verdict().problem())
                .matches("12 answers told \\$0\\.\\d+, the service's metrics have \\$0\\.\\d+ of 12 calls\\.");
    }

    @Test
    void tokensThatTheServiceCountsOtherwiseAreRed() throws Exception {
        RunResult result = run(SimulatedBookStore.with(Defect.TWICE_THE_TOKENS));

        assertThat(result.verdict().problem())
                .contains("the simulator's journal has", "the service's metrics have", "input tokens", "output tokens");
    }

    private RunResult run(SimulatedBookStore service) throws InterruptedException {
        try (service) {
            return EmbeddedRun.ofSummaries(TWELVE, service.baseUrl(), folder);
        }
    }

    private static FaultRule sometimes(String fault, double probability) {
        return new FaultRule(Fault.parse(fault), probability, Duration.ZERO, null);
    }
}
