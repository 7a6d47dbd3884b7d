package io.bookstore.perf.scripts;

import static io.bookstore.perf.scripts.LimitedRun.LOOSE;
import static io.bookstore.perf.scripts.LimitedRun.with;
import static io.bookstore.perf.testing.UnreliableBookStore.Defect.FAILING_SUMMARIES;
import static io.bookstore.perf.testing.UnreliableBookStore.Defect.SLOW_SUMMARIES;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The limits of the steps and probes that look for the capacity of a service, and the runs that they end early. */
@Execution(ExecutionMode.CONCURRENT)
class CapacityLimitsTest {

    private static final String BREAKPOINT = "scenarios/breakpoint.js";
    private static final String CAPACITY = "scenarios/capacity.js";

    private final LimitedRun run;

    CapacityLimitsTest(@TempDir Path folder) {
        run = new LimitedRun(folder);
    }

    @Test
    void stepThatIsTooSlow() throws Exception {
        // Nine arrivals within a second for nine virtual users: none is dropped, however long an answer takes.
        run.scale("0.002");

        assertThat(run.crossed(
                        BREAKPOINT,
                        with(LOOSE, "LLM_P95_MS", "1", "BREAKPOINT_STEP", "540", "BREAKPOINT_STEPS", "1"),
                        SLOW_SUMMARIES))
                .containsExactly("llm_response_time{scenario:rate_540} p(95)<1");
    }

    @Test
    void stepThatFailsEndsTheRun() throws Exception {
        // Ten of forty arrivals may fail. The next comes after 3 s, limits are looked at every 2 s, and the end is 12 s
        // away.
        run.scale("0.1");

        assertThat(run.crossed(
                        BREAKPOINT, with(LOOSE, "BREAKPOINT_STEP", "200", "BREAKPOINT_STEPS", "1"), FAILING_SUMMARIES))
                .containsExactlyInAnyOrder(
                        "llm_errors{scenario:rate_200} rate<0.05",
                        "bad_answers{scenario:rate_200} count<=10",
                        "ended early by bad_answers{scenario:rate_200}");
    }

    @Test
    void stepWhoseArrivalsFindNobodyEndsTheRun() throws Exception {
        // A hundred arrivals a second and as many virtual users, who are never answered; the end is 12 s away.
        run.scale("0.1");
        run.delay(600_000);

        assertThat(run.crossed(
                        BREAKPOINT, with(LOOSE, "BREAKPOINT_STEP", "6000", "BREAKPOINT_STEPS", "1"), SLOW_SUMMARIES))
                .containsExactlyInAnyOrder(
                        "dropped_iterations{scenario:rate_6000} count<=240",
                        "ended early by dropped_iterations{scenario:rate_6000}");
    }

    @Test
    void probeWithTooManyBadAnswersEndsTheRun() throws Exception {
        // Two bad answers within a second are one too many; limits are looked at every 2 s, and the end is a minute
        // away.
        run.scale("1");

        assertThat(run.crossed(
                        CAPACITY,
                        with(LOOSE, "CAPACITY_RATE", "60", "CAPACITY_MOST_BAD", "1", "CAPACITY_LIMIT_MS", "8000"),
                        FAILING_SUMMARIES))
                .containsExactlyInAnyOrder(
                        "llm_operations count>0", "bad_answers count<=1", "ended early by bad_answers");
    }

    @Test
    void probeWhoseArrivalsFindNobodyEndsTheRun() throws Exception {
        // Five arrivals within a second, and three virtual users who are never answered; the end is a minute away.
        run.scale("1");
        run.delay(600_000);

        assertThat(run.crossed(
                        CAPACITY,
                        with(LOOSE, "CAPACITY_RATE", "240", "CAPACITY_MOST_BAD", "1", "CAPACITY_LIMIT_MS", "500"),
                        SLOW_SUMMARIES))
                .containsExactlyInAnyOrder(
                        "llm_operations count>0", "dropped_iterations count<=1", "ended early by dropped_iterations");
    }
}
