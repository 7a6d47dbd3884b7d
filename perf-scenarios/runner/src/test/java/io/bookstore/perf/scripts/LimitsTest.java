package io.bookstore.perf.scripts;

import static io.bookstore.perf.testing.UnreliableBookStore.Defect.FAILING_BOOKS;
import static io.bookstore.perf.testing.UnreliableBookStore.Defect.FAILING_SUMMARIES;
import static io.bookstore.perf.testing.UnreliableBookStore.Defect.REFUSED_FAULTS;
import static io.bookstore.perf.testing.UnreliableBookStore.Defect.SLOW_BOOKS;
import static io.bookstore.perf.testing.UnreliableBookStore.Defect.SLOW_ERRORS;
import static io.bookstore.perf.testing.UnreliableBookStore.Defect.SLOW_SUMMARIES;
import static io.bookstore.perf.testing.UnreliableBookStore.Defect.WRONG_ERRORS;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.run.EngineRequest;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.progress.LiveProgress;
import io.bookstore.perf.progress.ProgressStyle;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ThresholdResult;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.perf.run.ScenarioRunner;
import io.bookstore.perf.testing.UnreliableBookStore;
import io.bookstore.perf.testing.UnreliableBookStore.Defect;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
    private static final String ERRORS = "scenarios/error-scenarios.js";
    private static final String CHAOS = "scenarios/chaos.js";
    private static final String SOAK = "scenarios/soak.js";
    private static final String BREAKPOINT = "scenarios/breakpoint.js";
    private static final String CAPACITY = "scenarios/capacity.js";
    private static final String SWEEP = "scenarios/payload-sweep.js";

    /** Limits that any real answer crosses. */
    private static final Map<String, String> TIGHT = Map.of(
            "LLM_P95_MS", "1",
            "LLM_P99_MS", "2",
            "CRUD_P95_MS", "1",
            "CRUD_P99_MS", "2",
            "MIXED_P95_MS", "1",
            "MIXED_P99_MS", "2",
            "ERROR_P95_MS", "1",
            "CHAOS_P99_MS", "1",
            "RECOVERY_MS", "500");

    /** Limits that no answer crosses. */
    private static final Map<String, String> LOOSE = Map.of(
            "LLM_P95_MS", "600000",
            "LLM_P99_MS", "600000",
            "CRUD_P95_MS", "600000",
            "CRUD_P99_MS", "600000",
            "MIXED_P95_MS", "600000",
            "MIXED_P99_MS", "600000",
            "ERROR_P95_MS", "600000",
            "CHAOS_P99_MS", "600000",
            "RECOVERY_MS", "500");

    @TempDir
    private Path folder;

    private int delayMs = 30;
    private String scale = "0.001";
    private Map<String, String> environment = Map.of();
    private List<ThresholdResult> limits = List.of();
    private final StringWriter log = new StringWriter();

    @Test
    void slowSummaries() throws Exception {
        iterations(10);

        assertThat(crossed(SUMMARIES, TIGHT, SLOW_SUMMARIES))
                .containsExactlyInAnyOrder("llm_response_time p(95)<1", "llm_response_time p(99)<2");
    }

    @Test
    void failingSummaries() throws Exception {
        iterations(10);

        assertThat(crossed(SUMMARIES, LOOSE, FAILING_SUMMARIES))
                .containsExactlyInAnyOrder("llm_errors rate<0.05", "llm_errors rate<0.5", "llm_operations count>0");
    }

    @Test
    void arrivalsThatFindNobody() throws Exception {
        // Twenty arrivals in a second, for one virtual user who waits half a second for each answer: the kit's own
        // scenarios would need minutes to run out of users.
        delayMs = 500;
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

        assertThat(crossed(surge.toString(), LOOSE, SLOW_SUMMARIES)).containsExactly("dropped_iterations count<1");
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
        iterations(10);

        assertThat(crossed(BOOKS, with(TIGHT, "SCENARIO", "load"), SLOW_BOOKS))
                .containsExactlyInAnyOrder("crud_response_time p(95)<1", "crud_response_time p(99)<2");
    }

    @Test
    void failingBooks() throws Exception {
        iterations(10);

        assertThat(crossed(BOOKS, LOOSE, FAILING_BOOKS))
                .containsExactlyInAnyOrder("crud_errors rate<0.01", "crud_operations count>0");
    }

    @Test
    void slowMixture() throws Exception {
        assertThat(crossed(iterationsOfItsOwnScenarios(MIXED), TIGHT, SLOW_BOOKS, SLOW_SUMMARIES))
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
        assertThat(crossed(iterationsOfItsOwnScenarios(MIXED), LOOSE, FAILING_BOOKS, FAILING_SUMMARIES))
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
        iterations(20);

        assertThat(crossed(MIXED, with(with(LOOSE, "LLM_PERCENTAGE", "1"), "AI_USERS", "1")))
                .containsExactly("llm_share rate<=0.0217");
    }

    @Test
    void fewerRequestsToTheModelThanAskedFor() throws Exception {
        // 98 of 100 are to go there; the first of the other two is the 19th.
        iterations(20);
        scale = "0.05";

        assertThat(crossed(MIXED, with(with(LOOSE, "LLM_PERCENTAGE", "98"), "AI_USERS", "98")))
                .containsExactly("llm_share rate>=0.9575");
    }

    @Test
    void targetWithoutPlainOperationsGetsItsSummariesAtTheSamePaceAndNoLimitForTheRest() throws Exception {
        iterations(20);
        String bookstore = Files.readString(Path.of("k6/targets/bookstore.yml"));
        Path target = Files.writeString(
                folder.resolve("ai-only.yml"), bookstore.replaceFirst("(?s)\n  browse:.*?(?=\n# What scenarios/)", ""));

        // As above, one summary is too many, so that there is a limit to cross.
        assertThat(crossed(
                        MIXED,
                        with(with(with(LOOSE, "LLM_PERCENTAGE", "1"), "AI_USERS", "1"), "TARGET", target.toString())))
                .containsExactly("llm_share rate<=0.0217");
        assertThat(log.toString())
                .contains(
                        "Target \"bookstore\" describes no plain operations: they are left out, and summaries are asked"
                                + " for at the same pace.");
    }

    @Test
    void slowErrorsAndWhatTheyDisturb() throws Exception {
        iterations(60);

        assertThat(crossed(ERRORS, TIGHT, SLOW_ERRORS, SLOW_BOOKS))
                .contains("error_response_time p(95)<1", "success_response_time p(95)<1");
    }

    @Test
    void wrongErrors() throws Exception {
        iterations(60);

        assertThat(crossed(ERRORS, LOOSE, WRONG_ERRORS)).containsExactly("unexpected_answers rate<0.01");
    }

    @Test
    void errorsThatNobodyAskedFor() throws Exception {
        iterations(10);
        String none = "errors:\n  - { weight: 0, name: none, method: GET, path: /api/v1/ErrorTest/400, expect: 400 }\n";
        String bookstore = Files.readString(Path.of("k6/targets/bookstore.yml"));
        Path target = Files.writeString(
                folder.resolve("no-errors.yml"), bookstore.replaceAll("(?s)\nerrors:.*?\n\n", "\n" + none + "\n"));

        assertThat(crossed(ERRORS, with(LOOSE, "TARGET", target.toString()))).containsExactly("error_answers count>0");
    }

    @Test
    void slowServiceUnderFaults() throws Exception {
        // Two arrivals in each phase.
        scale = "0.02";

        assertThat(crossed(CHAOS, TIGHT, SLOW_SUMMARIES, SLOW_BOOKS))
                .contains(
                        "crud_response_time p(95)<1",
                        "crud_response_time p(99)<2",
                        "recovered rate==1",
                        "recovery_time max<500");
        assertCrossedInEachPhaseThatHasAnArrival("llm_response_time");
    }

    @Test
    void failingServiceUnderFaultsThatCannotBeInjected() throws Exception {
        scale = "0.02";

        assertThat(crossed(CHAOS, LOOSE, FAILING_SUMMARIES, FAILING_BOOKS, REFUSED_FAULTS))
                .contains(
                        "llm_operations{phase:before} count>0",
                        "llm_operations{phase:after} count>0",
                        "crud_errors rate<0.01",
                        "faults_injected count>0");
        assertCrossedInEachPhaseThatHasAnArrival("llm_errors");
    }

    /** An arrival that a busy machine starts late belongs to a later phase, so a phase may have none. */
    private void assertCrossedInEachPhaseThatHasAnArrival(String metric) {
        assertThat(limits)
                .filteredOn(limit -> limit.metric().startsWith(metric + "{phase:"))
                .allMatch(limit -> limit.actual() == null || !limit.passed())
                .anyMatch(limit -> !limit.passed());
    }

    @Test
    void endThatIsSlowerThanTheBeginning() throws Exception {
        // Of the first 49 some ten go to the model, of the last 49 as many.
        iterations(200);

        assertThat(crossed(SOAK, with(LOOSE, "DRIFT_RATIO", "0.001")))
                .containsExactlyInAnyOrder("crud_drift med<0.001", "llm_drift med<0.001");
    }

    @Test
    void longRunTooShortToCompare() throws Exception {
        iterations(10);

        assertThat(crossed(SOAK, LOOSE))
                .containsExactlyInAnyOrder("compared_answers{kind:crud} count>0", "compared_answers{kind:llm} count>0");
    }

    @Test
    void stepThatIsTooSlow() throws Exception {
        // Nine arrivals within a second for nine virtual users: none is dropped, however long an answer takes.
        scale = "0.002";

        assertThat(crossed(
                        BREAKPOINT,
                        with(with(with(LOOSE, "LLM_P95_MS", "1"), "BREAKPOINT_STEP", "540"), "BREAKPOINT_STEPS", "1"),
                        SLOW_SUMMARIES))
                .containsExactly("llm_response_time{scenario:rate_540} p(95)<1");
    }

    @Test
    void stepThatFailsEndsTheRun() throws Exception {
        // Ten of forty arrivals may fail. The next comes after 3 s, limits are looked at every 2 s, and the end is 12 s
        // away.
        scale = "0.1";

        assertThat(crossed(
                        BREAKPOINT,
                        with(with(LOOSE, "BREAKPOINT_STEP", "200"), "BREAKPOINT_STEPS", "1"),
                        FAILING_SUMMARIES))
                .containsExactlyInAnyOrder(
                        "llm_errors{scenario:rate_200} rate<0.05",
                        "bad_answers{scenario:rate_200} count<=10",
                        "ended early by bad_answers{scenario:rate_200}");
    }

    @Test
    void stepWhoseArrivalsFindNobodyEndsTheRun() throws Exception {
        // A hundred arrivals a second and as many virtual users, who are never answered; the end is 12 s away.
        scale = "0.1";
        delayMs = 600_000;

        assertThat(crossed(
                        BREAKPOINT,
                        with(with(LOOSE, "BREAKPOINT_STEP", "6000"), "BREAKPOINT_STEPS", "1"),
                        SLOW_SUMMARIES))
                .containsExactlyInAnyOrder(
                        "dropped_iterations{scenario:rate_6000} count<=240",
                        "ended early by dropped_iterations{scenario:rate_6000}");
    }

    @Test
    void probeWithTooManyBadAnswersEndsTheRun() throws Exception {
        // Two bad answers within a second are one too many; limits are looked at every 2 s, and the end is a minute
        // away.
        scale = "1";

        assertThat(crossed(
                        CAPACITY,
                        with(
                                with(with(LOOSE, "CAPACITY_RATE", "60"), "CAPACITY_MOST_BAD", "1"),
                                "CAPACITY_LIMIT_MS",
                                "8000"),
                        FAILING_SUMMARIES))
                .containsExactlyInAnyOrder(
                        "llm_operations count>0", "bad_answers count<=1", "ended early by bad_answers");
    }

    @Test
    void probeWhoseArrivalsFindNobodyEndsTheRun() throws Exception {
        // Five arrivals within a second, and three virtual users who are never answered; the end is a minute away.
        scale = "1";
        delayMs = 600_000;

        assertThat(crossed(
                        CAPACITY,
                        with(
                                with(with(LOOSE, "CAPACITY_RATE", "240"), "CAPACITY_MOST_BAD", "1"),
                                "CAPACITY_LIMIT_MS",
                                "500"),
                        SLOW_SUMMARIES))
                .containsExactlyInAnyOrder(
                        "llm_operations count>0", "dropped_iterations count<=1", "ended early by dropped_iterations");
    }

    @Test
    void sizeWithoutAnAnswer() throws Exception {
        assertThat(crossed(iterationsOfItsOwnScenarios(SWEEP), with(LOOSE, "PAYLOAD_SIZES", "100"), FAILING_SUMMARIES))
                .containsExactlyInAnyOrder(
                        "llm_operations{size:100} count>0",
                        "llm_operations count>0",
                        "llm_errors rate<0.05",
                        "llm_errors rate<0.5");
    }

    /** Replaces the script's scenarios by so many iterations of one virtual user, whatever they take. */
    private void iterations(int count) {
        environment = Map.of("K6_ITERATIONS", String.valueOf(count), "K6_VUS", "1");
    }

    /** Returns a script that is that one, with ten iterations for each scenario in place of a time. */
    private String iterationsOfItsOwnScenarios(String script) throws IOException {
        return Files.writeString(folder.resolve("iterations.js"), """
                        import { options as its } from '%1$s';
                        export { default, setup, teardown, handleSummary } from '%1$s';
                        const scenarios = {};
                        for (const [name, { tags, env }] of Object.entries(its.scenarios)) {
                          scenarios[name] = { executor: 'shared-iterations', vus: 1, iterations: 10, tags, env };
                        }
                        export const options = { ...its, scenarios };
                        """.formatted(
                                Path.of("k6").resolve(script).toAbsolutePath()))
                .toString();
    }

    /** Returns the limits that were crossed, and which of them ended the run if one did. */
    private Set<String> crossed(String script, Map<String, String> variables, Defect... defects) throws Exception {
        Set<Defect> wrong = EnumSet.noneOf(Defect.class);
        wrong.addAll(Set.of(defects));
        try (UnreliableBookStore service = new UnreliableBookStore(wrong, delayMs)) {
            RunResult result = run(script, with(variables, "DURATION_SCALE", scale), service);

            // A machine that is busy with other work makes the measurement INVALID, 83; the limit is crossed
            // nevertheless.
            assertThat(result.verdict().exitCode())
                    .as(result.verdict().toString())
                    .isIn(99, 83);
            assertThat(result.crossed()).isNotEmpty();
            limits = result.thresholds();
            String report = Files.readString(folder.resolve("report.html"));
            Set<String> crossed = new TreeSet<>();
            result.crossed().forEach(threshold -> {
                crossed.add(threshold.metric() + " " + threshold.expression());
                assertThat(report).contains(threshold.metric());
            });
            if (result.verdict().problem() != null && result.verdict().exitCode() == 99) {
                crossed.add(result.verdict()
                        .problem()
                        .replaceFirst(
                                "Stopped after \\d+ s: threshold '.*' of (.*) was crossed and has abortOnFail\\.",
                                "ended early by $1"));
            }
            return crossed;
        }
    }

    private RunResult run(String script, Map<String, String> variables, UnreliableBookStore service)
            throws InterruptedException {
        RunOrder order = new RunOrder(
                "any",
                Path.of("k6").resolve(script),
                variables,
                Map.of(),
                service.baseUrl(),
                0,
                folder,
                folder,
                Double.POSITIVE_INFINITY);
        ScenarioRunner runner = new ScenarioRunner(
                new EngineChoice(new EmbeddedEngine(environment), "for a test"), Clock.systemUTC(), bill -> {});
        try (LiveProgress progress = new LiveProgress(
                "any", new ProgressStyle(false, false, false), new PrintWriter(log), Clock.systemUTC(), run -> {})) {
            return runner.run(order, progress);
        }
    }

    private static Map<String, String> with(Map<String, String> variables, String name, String value) {
        Map<String, String> more = new TreeMap<>(variables);
        more.put(name, value);
        return more;
    }
}
