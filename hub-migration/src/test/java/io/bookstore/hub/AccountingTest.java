package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.plan.PlannedRun;
import io.bookstore.perf.plan.ServiceModel;
import io.bookstore.perf.plan.VirtualRun;
import io.bookstore.perf.results.CrossCheck;
import io.bookstore.perf.scenario.Pace;
import io.bookstore.simulator.simulation.Behaviour;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A run against a provider with realistic latency, and three parties that count and time it on their own. Their times
 * are nested: what the simulator planned, within what the service waited for it, within all that the service took, within
 * what the client waited. Each may be late, and none early. How little is between them is for {@code TransportBenchmark}.
 */
@Order(1)
@ResourceLock(BookStoreService.SHORT_RUNS)
class AccountingTest {

    /** {@code Server-Timing} has one decimal. */
    private static final double GRANULARITY_MS = 0.2;

    private static final String SCENARIO = "ai-stress-open";
    private static final Map<String, String> SHORT = Map.of("DURATION_SCALE", "0.015");
    private static final double TOKENS_PERCENT = 2;
    private static final double MEDIAN_PERCENT = 10;

    private static final Pattern timing = Pattern.compile("(\\w+);dur=([\\d.]+)");

    private static final ObjectMapper json = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static BookStoreService service;
    private static ScenarioRun run;
    private static List<Double> planned;

    @BeforeAll
    static void runOnce() throws Exception {
        service = BookStoreService.start(folder.resolve("api.log"), Map.of("SIMULATOR_PROFILE", "sonnet-class"));
        run = ScenarioRun.of(SCENARIO, SHORT, service.baseUrl(), folder.resolve("run"));
        planned = service.journal("plannedDurationMs");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void engineServiceAndSimulatorCountAlike() {
        CrossCheck counts = Objects.requireNonNull(run.result().crossCheck());

        run.assertPassed();
        assertThat(counts.engine()).isPositive();
        assertThat(counts.service()).as("the service's count").isEqualTo(counts.engine());
        assertThat(counts.simulator()).as("the simulator's count").isEqualTo(counts.engine());
        assertThat(planned).as("planned answers").hasSize((int) counts.engine());
        assertThat(counts.serviceUsage()).as("tokens and cost of the service").isNotNull();
        assertThat(counts.simulatorUsage()).as("tokens of the simulator").isNotNull();
        assertThat(run.result().wrongUsage()).isEmpty();
    }

    @Test
    void tenTimesTheTokensOfTheProviderFailTheRun() throws Exception {
        service.configureSimulator("{\"faults\":[{\"fault\":\"wrong-usage\",\"probability\":1}]}");
        try {
            ScenarioRun wrong = ScenarioRun.of(
                    "ai-smoke-open", Map.of("DURATION_SCALE", "0.05"), service.baseUrl(), folder.resolve("wrong"));

            assertThat(wrong.result().verdict().exitCode()).isEqualTo(84);
            assertThat(wrong.result().verdict().problem()).contains("output tokens, the simulator's journal has");
        } finally {
            service.configureSimulator("{\"faults\":[]}");
        }
    }

    /** The plan knows the arrivals and the provider's draws, so it knows what the run will cost before it begins. */
    @Test
    void planInVirtualTimeTellsTheRequestsTokensAndDollarsOfTheRun() throws Exception {
        ScriptPlan script = ScriptPlan.ofScenario(SCENARIO, SHORT);

        PlannedRun plan =
                VirtualRun.of(script.plan(), new Pace(List.of(), 1), 1, ServiceModel.bookStore(), Behaviour.defaults());

        assertThat(plan.summaries()).isEqualTo(run.count("llm_operations"));
        assertThat((double) plan.inputTokens())
                .isCloseTo(run.count("llm_input_tokens"), withinPercentage(TOKENS_PERCENT));
        assertThat((double) plan.outputTokens())
                .isCloseTo(run.count("llm_output_tokens"), withinPercentage(TOKENS_PERCENT));
        assertThat(plan.usd())
                .isCloseTo(run.result().count("llm_cost_usd").orElseThrow(), withinPercentage(TOKENS_PERCENT));
        // The provider slows down with the requests that are under way, and a busy machine has more of them than
        // planned.
        assertThat(Objects.requireNonNull(plan.endToEnd()).p50())
                .as("median that was planned here and by the simulator of the run")
                .isCloseTo(median(planned), withinPercentage(MEDIAN_PERCENT));
    }

    @Test
    void everyPartyWaitsAtLeastAsLongAsTheOneItWaitsFor() throws Exception {
        List<Double> waited = run.values("llm_response_time");
        List<Double> provider = run.values("llm_provider_time");
        List<Double> transport = run.values("llm_transport_time");

        assertThat(transport)
                .as("what the client waited less all that the service took")
                .allMatch(ms -> ms > -GRANULARITY_MS);
        assertNoneShorter("client, provider", waited, provider);
        assertNoneShorter("provider, plan", provider, planned);
        // What is not the provider's is the service's own part and the way over loopback.
        assertNoneShorter("overhead, transport", run.values("llm_app_overhead"), transport);
    }

    @Test
    void overheadIsWhatTheClientWaitedLessTheProvidersTime() throws Exception {
        List<Double> waited = run.values("llm_response_time");

        assertThat(run.values("llm_app_overhead")).hasSameSizeAs(waited);
        assertThat(sum(run.values("llm_provider_time")) + sum(run.values("llm_app_overhead")))
                .isCloseTo(sum(waited), within(0.001 * waited.size()));
    }

    /** The least disturbed request shows what the measurement itself adds; a machine that is busy has one such, too. */
    @Test
    void medianResponseTimeIsTheSimulatorsOwnPlusTheServicesOverhead() throws Exception {
        double median = run.result().trend("llm_response_time").orElseThrow().med();

        assertThat(median(planned)).isGreaterThan(1000);
        assertThat(median).isCloseTo(median(run.values("llm_response_time")), withinPercentage(0.2));
        assertThat(median).isGreaterThan(median(planned));
        assertThat(Collections.min(run.values("llm_app_overhead")))
                .as("least overhead of a request, in ms")
                .isLessThan(median(planned) / 4);
    }

    @Test
    void serverTimingTellsWhatTheAnswerTells() throws Exception {
        String id = service.anyBook().get("id").asText();
        HttpResponse<String> answer = service.post("/api/v1/Books/" + id + "/generate-summary?refresh=true");

        Matcher parts =
                timing.matcher(answer.headers().firstValue("Server-Timing").orElse(""));
        Map<String, Double> told = new TreeMap<>();
        while (parts.find()) {
            told.put(parts.group(1), Double.parseDouble(parts.group(2)));
        }
        assertThat(told).containsOnlyKeys("total", "provider", "ttft");
        assertThat(told.get("ttft")).isPositive().isLessThanOrEqualTo(told.get("provider"));
        assertThat(told.get("provider")).isLessThanOrEqualTo(told.get("total"));
        assertThat(json.readTree(answer.body()).get("providerMs").asDouble())
                .isCloseTo(told.get("provider"), within(GRANULARITY_MS));
    }

    /**
     * Compares by rank, since samples of requests under way together come mixed: where each time is at least as long as the
     * one within it, so is the k-th shortest of them.
     */
    private static void assertNoneShorter(String what, List<Double> outer, List<Double> inner) {
        assertThat(outer).as(what).hasSameSizeAs(inner);
        List<Double> longer = outer.stream().sorted().toList();
        List<Double> shorter = inner.stream().sorted().toList();
        for (int i = 0; i < longer.size(); i++) {
            assertThat(longer.get(i) - shorter.get(i))
                    .as("%s: rank %d has %f ms and %f ms", what, i, longer.get(i), shorter.get(i))
                    .isGreaterThan(-GRANULARITY_MS);
        }
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
