package io.bookstore.perf.validity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.results.CrossCheck;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ValidityFinding;
import io.bookstore.perf.stack.RequestCounter;
import io.bookstore.perf.testing.EmbeddedRun;
import io.bookstore.perf.testing.SimulatedBookStore;
import io.bookstore.perf.testing.SyntheticRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs without a defect, however they scatter: no rule may say anything of them. */
class CleanRunsTest {

    @TempDir
    Path folder;

    @Test
    void hundredCleanRunsBreakNoRule() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            boolean open = seed % 3 == 0;
            boolean simulated = seed % 2 == 0;
            int size = 1 + random.nextInt(20);
            int seconds = 90 + random.nextInt(600);
            SyntheticRun run = (open
                            ? SyntheticRun.ofArrivals(seed, size, seconds)
                            : SyntheticRun.ofUsers(seed, size, seconds))
                    .answersIn((simulated ? 0.05 : 0.4) + 8 * random.nextDouble(), 0)
                    .asking(1 + seed)
                    .startedForTheRun();
            RunResult result = run.result();
            long requests = result.llmRequests();
            int cutOff = random.nextInt(size + 1);
            RunResult counted = result.with(
                    new CrossCheck(requests, requests + cutOff, simulated ? requests + cutOff : null, null, null));
            // A collector of garbage, a neighbour, and a clock that is being slewed.
            Circumstances circumstances = new Circumstances(
                    run.plan(),
                    open ? new Circumstances.Arrivals(requests, 40 * random.nextDouble()) : null,
                    new RequestCounter.Lateness(requests * 28, requests / 2),
                    Duration.ofMillis(1_000L * seconds + random.nextInt(500)),
                    Duration.ofSeconds(seconds),
                    true);

            assertThat(Validity.findings(counted, circumstances))
                    .as("%d %s, %d s, seed %d", size, open ? "arrivals a second" : "users", seconds, seed)
                    .isEmpty();
        }
    }

    @Test
    void usersThatWaitAfterTheirIterationsAreNotMissing() throws Exception {
        try (SimulatedBookStore service = SimulatedBookStore.ofProvider()) {
            RunResult result = EmbeddedRun.ofSummaries(
                    "{ minIterationDuration: '1s', scenarios: { ai: { executor: 'constant-vus', vus: 4, duration: '4s' } } }",
                    service.baseUrl(),
                    folder);

            assertThat(result.findings()).extracting(ValidityFinding::rule).doesNotContain("littles-law");
        }
    }

    @Test
    void realRunsAreValid() throws Exception {
        try (SimulatedBookStore service = SimulatedBookStore.ofProvider()) {
            for (String scenario : new String[] {
                "executor: 'shared-iterations', vus: 3, iterations: 9, maxDuration: '29s'",
                "executor: 'constant-vus', vus: 2, duration: '2s'",
                "executor: 'ramping-vus', startVUs: 1, stages: [{ duration: '1s', target: 4 }, { duration: '1s', target: 0 }]",
                // 40 users that are gone when users are counted the next time
                "executor: 'ramping-vus', startVUs: 2, stages: [{ duration: '1300ms', target: 2 }, { duration: '100ms', target:"
                        + " 40 }, { duration: '300ms', target: 40 }, { duration: '100ms', target: 2 }, { duration: '1200ms',"
                        + " target: 2 }]",
                "executor: 'constant-arrival-rate', rate: 20, duration: '2s', preAllocatedVUs: 41",
            }) {
                RunResult result = EmbeddedRun.ofSummaries(
                        "{ scenarios: { ai: { " + scenario + " } }, thresholds: { llm_operations: ['count>0'] } }",
                        service.baseUrl(),
                        folder);

                assertThat(result.findings()).as(scenario).noneMatch(ValidityFinding::invalid);
                // A machine that stops for the whole of two seconds starts no iteration in them.
                assertThat(result.verdict().exitCode()).as(scenario).isEqualTo(result.llmRequests() > 0 ? 0 : 99);
            }
        }
    }
}
