package io.bookstore.perf.validity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.results.ErrorKind;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.testing.EmbeddedRun;
import io.bookstore.perf.testing.UnreliableBookStore;
import io.bookstore.perf.testing.UnreliableBookStore.Defect;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Defects of a service that a load test has to name. Tokens and costs that others count differently are in
 * {@link PlantedDefectsTest}, twice the latency in the tests of compare and gate.
 */
class PlantedServiceDefectsTest {

    private static final int REQUESTS = 4;
    private static final String FOUR_TIMES =
            "{ scenarios: { four: { executor: 'shared-iterations', vus: 1, iterations: 4 } },"
                    + " thresholds: { llm_errors: ['rate<0.05'] } }";

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
