package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.answer.Answer;
import io.bookstore.perf.answer.Section;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.results.ThresholdResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scenarios that are about the provider: how much it takes, what it costs. */
@Order(1)
class ProviderScenariosTest {

    @TempDir
    private static Path folder;

    private static BookStoreService service;

    @BeforeAll
    static void start() {
        service = BookStoreService.start(
                folder.resolve("api.log"),
                Map.of("SIMULATOR_PROFILE", "zero", "BOOKSTORE_LLM_RESILIENCE_BREAKER_WAIT", "300ms"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void beginWithAProviderInOrder() throws Exception {
        service.resetSimulator();
    }

    /** The provider lets 24 requests in and then one every 2.5 s: enough for the first step's 20, far too few for the 40 of the next. */
    @Test
    void rateRisesUntilALimitIsCrossedAndTheLastGoodOneIsTold() throws Exception {
        service.configureSimulator("{\"limits\":{\"requestsPerMinute\":24}}");

        ScenarioRun run = run("breakpoint", steps(3));

        run.assertEndedWith(99);
        if (overlap(run, "rate_500", "rate_1000")) {
            // A machine that stops for a while asks for both steps at once, and either may find the bucket empty.
            assertThat(run.result().crossed())
                    .extracting(ThresholdResult::metric)
                    .anyMatch(metric -> metric.startsWith("llm_errors{scenario:rate_"));
            return;
        }
        assertThat(run.result().crossed())
                .extracting(ThresholdResult::metric)
                .contains("llm_errors{scenario:rate_1000}")
                .noneMatch(metric -> metric.contains("rate_500}"));
        assertThat(run.answer().sentence())
                .matches("Holds 500 summaries a minute; at 1000 \\d+ % fail, the limit is 5 %\\.");
        assertThat(run.answer().figures()).contains(new Answer.Figure("held", 500, "a minute"));
        assertThat(run.answer().sections())
                .filteredOn(Section.Curve.class::isInstance)
                .extracting(section -> ((Section.Curve) section).knee())
                .containsOnly(new Section.Mark("held", 500));
        assertThat(run.folder().resolve("breakpoint.json"))
                .hasContent("{\"heldPerMinute\":500,\"durationScale\":0.02}");
    }

    @Test
    void rateThatNoLimitStopsHoldsToItsLastStep() throws Exception {
        ScenarioRun run = run("breakpoint", steps(2));

        run.assertPassed();
        assertThat(run.answer().sentence())
                .isEqualTo("Holds 1000 summaries a minute, the highest rate that was asked.");
        assertThat(run.folder().resolve("breakpoint.json"))
                .hasContent("{\"heldPerMinute\":1000,\"durationScale\":0.02}");
    }

    @Test
    void longerPromptsHaveMoreTokensAndCostMore() throws Exception {
        ScenarioRun run = run("payload-sweep", Map.of("DURATION_SCALE", "0.05", "PAYLOAD_SIZES", "100,2000"));

        run.assertPassed();
        List<String> lines = Files.readAllLines(run.folder().resolve("payload-sweep.csv"));
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).endsWith(",duration scale");
        assertThat(lines.subList(1, 3)).allMatch(line -> line.endsWith(",0.05"));
        String[] few = lines.get(1).split(",");
        String[] many = lines.get(2).split(",");
        assertThat(Double.parseDouble(many[2]) - Double.parseDouble(few[2]))
                .as("tokens of 1,900 characters more")
                .isBetween(300.0, 600.0);
        assertThat(Double.parseDouble(many[6])).as("USD").isGreaterThan(Double.parseDouble(few[6]));
        assertThat(run.answer().sentence())
                .matches(
                        "From 100 to 2000 characters the median goes from .+ to .+, and 1,000 answers from \\$.+ to \\$.+\\.");
        assertThat(run.answer().sections())
                .extracting(Section::title)
                .containsExactly("Size against latency", "Size against tokens", "Size against cost", "Sizes");
    }

    /** Returns whether a step was still at work a second after the next one had begun; its last arrival is due just then. */
    private static boolean overlap(ScenarioRun run, String step, String next) throws Exception {
        List<Sample> iterations = run.samples("iteration_duration");
        return iterations.stream()
                .filter(iteration -> next.equals(iteration.tags().get("scenario")))
                .map(iteration -> iteration.time().minusNanos(Math.round(iteration.value() * 1e6)))
                .map(began -> began.plusSeconds(1))
                .anyMatch(moment -> iterations.stream()
                        .filter(iteration -> step.equals(iteration.tags().get("scenario")))
                        .anyMatch(iteration -> iteration.time().isAfter(moment)));
    }

    private static Map<String, String> steps(int steps) {
        return Map.of("DURATION_SCALE", "0.02", "BREAKPOINT_STEP", "500", "BREAKPOINT_STEPS", Integer.toString(steps));
    }

    private static ScenarioRun run(String scenario, Map<String, String> variables) throws InterruptedException {
        String number = variables.getOrDefault("BREAKPOINT_STEPS", "");
        return ScenarioRun.of(scenario, variables, service.baseUrl(), folder.resolve(scenario + number));
    }
}
