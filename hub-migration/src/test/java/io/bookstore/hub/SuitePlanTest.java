package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.plan.PlannedRun;
import io.bookstore.perf.plan.ServiceModel;
import io.bookstore.perf.plan.VirtualRun;
import io.bookstore.perf.scenario.Pace;
import io.bookstore.perf.scenario.Scenario;
import io.bookstore.perf.scenario.Scenarios;
import io.bookstore.simulator.simulation.Behaviour;
import io.bookstore.testing.Checkout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The suite {@code ai-all} on the packaged service, in short, and its plan. A machine with other work answers later, and users
 * who wait longer ask less. So the plan gets the one figure that it cannot know, the time that service and machine added to
 * an answer, and the times that are compared are those that the simulator's journal says it planned.
 */
@Order(1)
class SuitePlanTest {

    private static final double SCALE = 0.04;
    private static final Map<String, String> SHORT = Map.of("DURATION_SCALE", String.valueOf(SCALE));
    private static final double SUMMARIES_PERCENT = 10;
    private static final double TOKENS_PERCENT = 2;
    private static final double P95_PERCENT = 10;

    @TempDir
    private static Path folder;

    /** Scenarios at once, each against a service of its own: they mostly wait for the clock. */
    private static final int SIDE_BY_SIDE = 2;

    /** A scenario and the durations that its provider planned. */
    private record Measured(ScenarioRun run, List<Double> providerMs) {}

    private static List<ScenarioRun> runs = List.of();
    private static final List<Double> waitedMs = new ArrayList<>();
    private static final List<Double> providerMs = new ArrayList<>();
    private static double addedMs;
    private static PlannedRun plan;

    /** Makes every run of the suite, which takes minutes where other work has the processors. */
    @BeforeAll
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    static void runAndPlan() throws Exception {
        List<Scenario> suite = Scenarios.in(Checkout.scripts()).named("ai-all");
        List<Measured> measured = measured(new ConcurrentLinkedQueue<>(suite));
        runs = measured.stream().map(Measured::run).toList();
        for (Measured one : measured) {
            waitedMs.addAll(one.run().values("llm_response_time"));
            providerMs.addAll(one.providerMs());
        }
        addedMs = mean(waitedMs) - mean(providerMs);
        Duration added = Duration.ofNanos(Math.round(addedMs * 1e6));
        Scenario first = suite.get(0);
        plan = VirtualRun.of(
                oneAfterTheOther(suite),
                Pace.of(Checkout.scripts().resolve(first.script()), first.env()),
                SCALE,
                ServiceModel.bookStore().withOverhead(added),
                Behaviour.defaults());
        // The figures for a reader of the log: those from end to end hold on a machine without other work only.
        System.out.printf(
                "ai-all at %s: %d summaries planned, %d made; p95 %.0f ms planned, %.0f ms by the provider, %.0f ms from end"
                        + " to end, of which service and machine added %.0f ms on average%n",
                SCALE, plan.summaries(), waitedMs.size(), plannedP95(), p95(providerMs), p95(waitedMs), addedMs);
    }

    private static List<Measured> measured(Queue<Scenario> waiting) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        try {
            List<Measured> measured = new ArrayList<>();
            for (Future<List<Measured>> lane : threads.invokeAll(IntStream.range(0, SIDE_BY_SIDE)
                    .<Callable<List<Measured>>>mapToObj(lane -> () -> inTurn(waiting, "service-" + lane))
                    .toList())) {
                measured.addAll(lane.get());
            }
            return measured;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Runs the next scenario that is waiting, until none is. */
    private static List<Measured> inTurn(Queue<Scenario> waiting, String log) throws Exception {
        List<Measured> measured = new ArrayList<>();
        try (BookStoreService service =
                BookStoreService.start(folder.resolve(log + ".log"), Map.of("SIMULATOR_PROFILE", "sonnet-class"))) {
            for (Scenario next = waiting.poll(); next != null; next = waiting.poll()) {
                service.resetSimulator();
                ScenarioRun run = ScenarioRun.of(next.name(), SHORT, service.baseUrl(), folder.resolve(next.name()));
                measured.add(new Measured(run, service.journal("plannedDurationMs")));
            }
        }
        return measured;
    }

    /** The suite as one plan, its parts far enough from each other for the last answers. */
    private static RunPlan oneAfterTheOther(List<Scenario> suite) {
        List<RunPlan.Scenario> parts = new ArrayList<>();
        Duration start = Duration.ZERO;
        for (Scenario scenario : suite) {
            RunPlan script = ScriptPlan.ofScenario(scenario.name(), SHORT).plan();
            for (RunPlan.Scenario part : script.scenarios()) {
                parts.add(new RunPlan.Scenario(
                        part.name(),
                        part.executor(),
                        start,
                        part.duration(),
                        part.start(),
                        part.stages(),
                        part.peak(),
                        part.volume()));
            }
            start = start.plus(script.duration()).plusMinutes(1);
        }
        return new RunPlan(parts);
    }

    @Test
    void everySummaryOfTheSuiteIsAnsweredAtTheFirstAttempt() {
        assertThat(runs).hasSize(4).allSatisfy(ScenarioRun::assertPassed);
        assertThat(providerMs).hasSameSizeAs(waitedMs);
    }

    @Test
    void asManySummariesAreMadeAsPlanned() {
        // Users who meet a busy moment of the machine ask less often than its mean says.
        assertThat((double) plan.summaries()).isCloseTo(waitedMs.size(), withinPercentage(SUMMARIES_PERCENT));
    }

    @Test
    void tokensAndDollarsOfASummaryAreThoseOfThePlan() {
        double planned = plan.summaries();
        double made = waitedMs.size();
        assertThat(plan.inputTokens() / planned)
                .as("input tokens")
                .isCloseTo(sum("llm_input_tokens") / made, withinPercentage(TOKENS_PERCENT));
        assertThat(plan.outputTokens() / planned)
                .as("output tokens")
                .isCloseTo(sum("llm_output_tokens") / made, withinPercentage(TOKENS_PERCENT));
        assertThat(plan.usd() / planned)
                .as("US dollars")
                .isCloseTo(sum("llm_cost_usd") / made, withinPercentage(TOKENS_PERCENT));
    }

    @Test
    void providerTakesAsLongAsPlanned() {
        assertThat(plannedP95()).as("p95").isCloseTo(p95(providerMs), withinPercentage(P95_PERCENT));
    }

    private static double sum(String counter) {
        return runs.stream()
                .mapToDouble(run -> run.result().count(counter).orElseThrow())
                .sum();
    }

    /** The provider's part of it: the rest is the same for each answer. */
    private static double plannedP95() {
        return Objects.requireNonNull(plan.endToEnd()).p95() - addedMs;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** Between two values in proportion, as k6 has it. */
    private static double p95(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        double rank = 0.95 * (sorted.size() - 1);
        int below = (int) rank;
        double above = sorted.get(Math.min(below + 1, sorted.size() - 1));
        return sorted.get(below) + (above - sorted.get(below)) * (rank - below);
    }
}
