package io.bookstore.perf.cli.capacity;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.MetricType;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.testing.PlayedEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Tells of a minute of summaries at the rate that it is asked for: up to the capacity of a service they take 1 s, above it 9 s. */
final class PacedEngine implements PlayedEngine {

    private final double capacity;
    private final List<EngineRequest> requests = new ArrayList<>();
    private boolean dropping;
    private double usd;
    private IntFunction<EngineOutcome> outcome = run -> new EngineOutcome(0, null);

    PacedEngine(double capacity) {
        this.capacity = capacity;
    }

    /** @param outcomes end of a run by its number, from 1 */
    PacedEngine endingWith(IntFunction<EngineOutcome> outcomes) {
        outcome = outcomes;
        return this;
    }

    /** Has too few virtual users: as many arrivals again find none. */
    PacedEngine droppingArrivals() {
        dropping = true;
        return this;
    }

    /** Tells a cost with each answer. */
    PacedEngine costing(double usdEach) {
        usd = usdEach;
        return this;
    }

    /** The rates that were asked for, in their order. */
    List<String> rates() {
        return requests.stream()
                .map(request -> String.valueOf(request.env().get("CAPACITY_RATE")))
                .toList();
    }

    @Override
    public List<EngineRequest> requests() {
        return requests;
    }

    @Override
    public String name() {
        return "paced";
    }

    @Override
    public EngineOutcome outcome(int run) {
        return outcome.apply(run);
    }

    @Override
    public void play(EngineRequest request, EngineListener listener) {
        double perMinute = Double.parseDouble(String.valueOf(request.env().get("CAPACITY_RATE")));
        listener.metric(new Metric("http_req_duration", MetricType.TREND, "time"));
        listener.metric(new Metric("iterations", MetricType.COUNTER, "default"));
        listener.metric(new Metric("llm_cost_usd", MetricType.COUNTER, "default"));
        double milliseconds = perMinute <= capacity ? 1_000 : 9_000;
        Instant start = Instant.now();
        for (int i = 0; i < perMinute; i++) {
            Instant end = start.plusMillis(Math.round(i * 60_000 / perMinute + milliseconds));
            listener.sample(new Sample(
                    "http_req_duration",
                    end,
                    milliseconds,
                    Map.of(
                            "operation_type",
                            "llm",
                            "status",
                            "200",
                            "expected_response",
                            "true",
                            "scenario",
                            "probe")));
            listener.sample(new Sample("iterations", end, 1, Map.of("scenario", "probe")));
            if (usd > 0) {
                listener.sample(new Sample("llm_cost_usd", end, usd, Map.of("scenario", "probe")));
            }
        }
        if (dropping) {
            listener.planned(new RunPlan(List.of(new RunPlan.Scenario(
                    "probe",
                    "constant-arrival-rate",
                    Duration.ZERO,
                    Duration.ofMinutes(1),
                    (int) Math.round(2 * perMinute),
                    2 * perMinute))));
            listener.metric(new Metric("dropped_iterations", MetricType.COUNTER, "default"));
            listener.sample(
                    new Sample("dropped_iterations", start.plusSeconds(30), perMinute, Map.of("scenario", "probe")));
        }
    }
}
