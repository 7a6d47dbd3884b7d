package io.bookstore.perf.scripts;

import static io.bookstore.perf.scripts.LimitedRun.LOOSE;
import static io.bookstore.perf.scripts.LimitedRun.TIGHT;
import static io.bookstore.perf.scripts.LimitedRun.with;
import static io.bookstore.perf.testing.UnreliableBookStore.Defect.FAILING_BOOKS;
import static io.bookstore.perf.testing.UnreliableBookStore.Defect.FAILING_SUMMARIES;
import static io.bookstore.perf.testing.UnreliableBookStore.Defect.SLOW_BOOKS;
import static io.bookstore.perf.testing.UnreliableBookStore.Defect.SLOW_SUMMARIES;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.run.EngineRequest;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each limit of each script, crossed by a service with the defect that it is there to find, and reported.
 *
 * <p>A script has a fixed number of iterations unless its limits are about arrivals or phases, so that exactly the limits
 * named here are crossed, on a machine of any speed: the limits in time that are not the matter of a test are ten minutes.
 */
@Execution(ExecutionMode.CONCURRENT)
class LimitsTest {

    private static final String SUMMARIES = "tests/ai-summary.js";
    private static final String BOOKS = "tests/books.js";
    private static final String MIXED = "scenarios/mixed-workload.js";
    private static final String SOAK = "scenarios/soak.js";
    private static final String SWEEP = "scenarios/payload-sweep.js";

    private final Path folder;
    private final LimitedRun run;

    LimitsTest(@TempDir Path folder) {
        this.folder = folder;
        run = new LimitedRun(folder);
    }

    @Test
    void slowSummaries() throws Exception {
        run.iterations(10);

        assertThat(run.crossed(SUMMARIES, TIGHT, SLOW_SUMMARIES))
                .containsExactlyInAnyOrder("llm_response_time p(95)<1", "llm_response_time p(99)<2");
    }

    @Test
    void failingSummaries() throws Exception {
        run.iterations(10);

        assertThat(run.crossed(SUMMARIES, LOOSE, FAILING_SUMMARIES))
                .containsExactlyInAnyOrder("llm_errors rate<0.05", "llm_errors rate<0.5", "llm_operations count>0");
    }

    @Test
    void arrivalsThatFindNobody() throws Exception {
        // Twenty arrivals in a second, for one virtual user who waits half a second for each answer: the kit's own
        // scenarios would need minutes to run out of users.
        run.delay(500);
        Path surge = Files.writeString(
                folder.resolve("surge.js"), """
                import { summarize } from '%1$s/lib/llm.js';
                import { prepare } from '%1$s/lib/prepare.js';
                import { openLoopThresholds } from '%1$s/thresholds.js';
                const surge = { executor: 'constant-arrival-rate', rate: 20, duration: '1s', preAllocatedVUs: 1 };
                export const options = { scenarios: { surge }, thresholds: openLoopThresholds() };
                export const setup = prepare;
                export default ({ items }) => { summarize(items[0], { requestId: 'surge' }); };
                """.formatted(Path.of("k6").toAbsolutePath()));

        assertThat(run.crossed(surge.toString(), LOOSE, SLOW_SUMMARIES)).containsExactly("dropped_iterations count<1");
    }

    @ParameterizedTest
    @CsvSource({
        SUMMARIES + ", llm_smoke_open",
        SUMMARIES + ", llm_load_open",
        SUMMARIES + ", llm_stress_open",
        SUMMARIES + ", llm_spike_open",
        MIXED + ", mixed_open",
        MIXED + ", mixed_heavy_open"
    })
    void everyOpenLoopHasALimitForArrivalsThatFindNobody(String script, String profile) {
        EngineRequest request = new EngineRequest(Path.of("k6").resolve(script), Map.of("SCENARIO", profile), folder);

        assertThat(new EmbeddedEngine(Map.of()).inspect(request).thresholds())
                .containsEntry("dropped_iterations", List.of("count<1"));
    }

    @Test
    void slowBooks() throws Exception {
        run.iterations(10);

        assertThat(run.crossed(BOOKS, with(TIGHT, "SCENARIO", "load"), SLOW_BOOKS))
                .containsExactlyInAnyOrder("crud_response_time p(95)<1", "crud_response_time p(99)<2");
    }

    @Test
    void failingBooks() throws Exception {
        run.iterations(10);

        assertThat(run.crossed(BOOKS, LOOSE, FAILING_BOOKS))
                .containsExactlyInAnyOrder("crud_errors rate<0.01", "crud_operations count>0");
    }

    @Test
    void slowMixture() throws Exception {
        assertThat(run.crossed(run.iterationsOfItsOwnScenarios(MIXED), TIGHT, SLOW_BOOKS, SLOW_SUMMARIES))
                .containsExactlyInAnyOrder(
                        "crud_response_time p(95)<1",
                        "crud_response_time p(99)<2",
                        "llm_response_time p(95)<1",
                        "llm_response_time p(99)<2",
                        "http_req_duration{scenario:mixed} p(95)<1",
                        "http_req_duration{scenario:mixed} p(99)<2");
    }

    @Test
    void failingMixture() throws Exception {
        assertThat(run.crossed(run.iterationsOfItsOwnScenarios(MIXED), LOOSE, FAILING_BOOKS, FAILING_SUMMARIES))
                .containsExactlyInAnyOrder(
                        "crud_errors rate<0.01",
                        "crud_operations count>0",
                        "llm_errors rate<0.05",
                        "llm_errors rate<0.5",
                        "llm_operations count>0",
                        "http_req_failed{scenario:mixed} rate<0.02",
                        "total_operations count>0");
    }

    @Test
    void moreRequestsToTheModelThanAskedFor() throws Exception {
        // Of so few requests not even one may go to the model, and the first does.
        run.iterations(20);

        assertThat(run.crossed(MIXED, with(LOOSE, "LLM_PERCENTAGE", "1", "AI_USERS", "1")))
                .containsExactly("llm_share rate<=0.0217");
    }

    @Test
    void fewerRequestsToTheModelThanAskedFor() throws Exception {
        // 98 of 100 are to go there; the first of the other two is the 19th.
        run.iterations(20);
        run.scale("0.05");

        assertThat(run.crossed(MIXED, with(LOOSE, "LLM_PERCENTAGE", "98", "AI_USERS", "98")))
                .containsExactly("llm_share rate>=0.9575");
    }

    @Test
    void targetWithoutPlainOperationsGetsItsSummariesAtTheSamePaceAndNoLimitForTheRest() throws Exception {
        run.iterations(20);
        String bookstore = Files.readString(Path.of("k6/targets/bookstore.yml"));
        Path target = Files.writeString(
                folder.resolve("ai-only.yml"), bookstore.replaceFirst("(?s)\n  browse:.*?(?=\n# What scenarios/)", ""));

        // As above, one summary is too many, so that there is a limit to cross.
        assertThat(run.crossed(MIXED, with(LOOSE, "LLM_PERCENTAGE", "1", "AI_USERS", "1", "TARGET", target.toString())))
                .containsExactly("llm_share rate<=0.0217");
        assertThat(run.log())
                .contains(
                        "Target \"bookstore\" describes no plain operations: they are left out, and summaries are asked"
                                + " for at the same pace.");
    }

    @Test
    void endThatIsSlowerThanTheBeginning() throws Exception {
        // Of the first 49 some ten go to the model, of the last 49 as many.
        run.iterations(200);

        assertThat(run.crossed(SOAK, with(LOOSE, "DRIFT_RATIO", "0.001")))
                .containsExactlyInAnyOrder("crud_drift med<0.001", "llm_drift med<0.001");
    }

    @Test
    void longRunTooShortToCompare() throws Exception {
        run.iterations(10);

        assertThat(run.crossed(SOAK, LOOSE))
                .containsExactlyInAnyOrder("compared_answers{kind:crud} count>0", "compared_answers{kind:llm} count>0");
    }

    @Test
    void sizeWithoutAnAnswer() throws Exception {
        assertThat(run.crossed(
                        run.iterationsOfItsOwnScenarios(SWEEP), with(LOOSE, "PAYLOAD_SIZES", "100"), FAILING_SUMMARIES))
                .containsExactlyInAnyOrder(
                        "llm_operations{size:100} count>0",
                        "llm_operations count>0",
                        "llm_errors rate<0.05",
                        "llm_errors rate<0.5");
    }
}
