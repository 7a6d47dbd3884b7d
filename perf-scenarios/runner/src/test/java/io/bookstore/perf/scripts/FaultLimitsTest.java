package io.bookstore.perf.scripts;

import static io.bookstore.perf.scripts.LimitedRun.LOOSE;
import static io.bookstore.perf.scripts.LimitedRun.TIGHT;
import static io.bookstore.perf.scripts.LimitedRun.with;
import static io.bookstore.perf.testing.UnreliableBookStore.Defect.FAILING_BOOKS;
import static io.bookstore.perf.testing.UnreliableBookStore.Defect.FAILING_SUMMARIES;
import static io.bookstore.perf.testing.UnreliableBookStore.Defect.REFUSED_FAULTS;
import static io.bookstore.perf.testing.UnreliableBookStore.Defect.SLOW_BOOKS;
import static io.bookstore.perf.testing.UnreliableBookStore.Defect.SLOW_ERRORS;
import static io.bookstore.perf.testing.UnreliableBookStore.Defect.SLOW_SUMMARIES;
import static io.bookstore.perf.testing.UnreliableBookStore.Defect.WRONG_ERRORS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The limits of the scripts that ask for errors or inject faults, each crossed by a service with the defect it finds.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultLimitsTest {

    private static final String ERRORS = "scenarios/error-scenarios.js";
    private static final String CHAOS = "scenarios/chaos.js";

    private final Path folder;
    private final LimitedRun run;

    FaultLimitsTest(@TempDir Path folder) {
        this.folder = folder;
        run = new LimitedRun(folder);
    }

    @Test
    void slowErrorsAndWhatTheyDisturb() throws Exception {
        run.iterations(60);

        assertThat(run.crossed(ERRORS, TIGHT, SLOW_ERRORS, SLOW_BOOKS))
                .contains("error_response_time p(95)<1", "success_response_time p(95)<1");
    }

    @Test
    void wrongErrors() throws Exception {
        run.iterations(60);

        assertThat(run.crossed(ERRORS, LOOSE, WRONG_ERRORS)).containsExactly("unexpected_answers rate<0.01");
    }

    @Test
    void errorsThatNobodyAskedFor() throws Exception {
        run.iterations(10);
        String none = "errors:\n  - { weight: 0, name: none, method: GET, path: /api/v1/ErrorTest/400, expect: 400 }\n";
        String bookstore = Files.readString(Path.of("k6/targets/bookstore.yml"));
        Path target = Files.writeString(
                folder.resolve("no-errors.yml"), bookstore.replaceAll("(?s)\nerrors:.*?\n\n", "\n" + none + "\n"));

        assertThat(run.crossed(ERRORS, with(LOOSE, "TARGET", target.toString())))
                .containsExactly("error_answers count>0");
    }

    @Test
    void slowServiceUnderFaults() throws Exception {
        // Two arrivals in each phase.
        run.scale("0.02");

        assertThat(run.crossed(CHAOS, TIGHT, SLOW_SUMMARIES, SLOW_BOOKS))
                .contains(
                        "crud_response_time p(95)<1",
                        "crud_response_time p(99)<2",
                        "recovered rate==1",
                        "recovery_time max<500");
        assertCrossedInEachPhaseThatHasAnArrival("llm_response_time");
    }

    @Test
    void failingServiceUnderFaultsThatCannotBeInjected() throws Exception {
        run.scale("0.02");

        assertThat(run.crossed(CHAOS, LOOSE, FAILING_SUMMARIES, FAILING_BOOKS, REFUSED_FAULTS))
                .contains(
                        "llm_operations{phase:before} count>0",
                        "llm_operations{phase:after} count>0",
                        "crud_errors rate<0.01",
                        "faults_injected count>0");
        assertCrossedInEachPhaseThatHasAnArrival("llm_errors");
    }

    /** An arrival that a busy machine starts late belongs to a later phase, so a phase may have none. */
    private void assertCrossedInEachPhaseThatHasAnArrival(String metric) {
        assertThat(run.limits())
                .filteredOn(limit -> limit.metric().startsWith(metric + "{phase:"))
                .allMatch(limit -> limit.actual() == null || !limit.passed())
                .anyMatch(limit -> !limit.passed());
    }
}
