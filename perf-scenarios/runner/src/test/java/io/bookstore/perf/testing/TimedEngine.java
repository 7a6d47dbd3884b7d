package io.bookstore.perf.testing;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.MetricType;
import io.bookstore.perf.metrics.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/** Tells of two hundred summaries in each run, with the response time that a test chooses, instead of loading anything. */
public final class TimedEngine implements PlayedEngine {

    private static final int SUMMARIES = 200;

    /** Noise of a quiet machine, in percent. */
    private static final double[] NOISE = {0.1, -0.3, 0.2, 0.4, -0.2, -0.1, 0.3, -0.4};

    private final ToDoubleFunction<EngineRequest> milliseconds;
    private final List<EngineRequest> requests = new ArrayList<>();
    private IntFunction<EngineOutcome> outcome = run -> new EngineOutcome(0, null);

    /** @param milliseconds median response time in a run */
    public TimedEngine(ToDoubleFunction<EngineRequest> milliseconds) {
        this.milliseconds = milliseconds;
    }

    /** @param outcomes end of a run by its number, from 1 */
    public TimedEngine endingWith(IntFunction<EngineOutcome> outcomes) {
        outcome = outcomes;
        return this;
    }

    @Override
    public List<EngineRequest> requests() {
        return requests;
    }

    @Override
    public String name() {
        return "timed";
    }

    @Override
    public EngineOutcome outcome(int run) {
        return outcome.apply(run);
    }

    @Override
    public void play(EngineRequest request, EngineListener listener) {
        double noise = 1 + NOISE[requests.size() % NOISE.length] / 100;
        double median = milliseconds.applyAsDouble(request) * noise;
        listener.metric(new Metric("llm_response_time", MetricType.TREND, "time"));
        listener.metric(new Metric("llm_errors", MetricType.RATE, "default"));
        listener.metric(new Metric("iterations", MetricType.COUNTER, "default"));
        Instant start = Instant.now();
        for (int i = 0; i < SUMMARIES; i++) {
            Instant now = start.plusMillis(i);
            listener.sample(new Sample("llm_response_time", now, median * (0.9 + 0.2 * i / SUMMARIES), Map.of()));
            listener.sample(new Sample("llm_errors", now, 0, Map.of()));
            listener.sample(new Sample("iterations", now, 1, Map.of()));
        }
    }
}
