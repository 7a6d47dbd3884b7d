package io.bookstore.perf.testing;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.perf.engine.Engine;
import io.bookstore.perf.engine.EngineOption;
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
public final class TimedEngine implements Engine, EngineOption {

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

    /** The runs that were asked for, in their order. */
    public List<EngineRequest> requests() {
        return requests;
    }

    @Override
    public String name() {
        return "timed";
    }

    @Override
    public Availability availability() {
        return new Availability(true, "a choice of the test");
    }

    @Override
    public Engine engine() {
        return this;
    }

    @Override
    public boolean tellsEverySample() {
        return true;
    }

    @Override
    public EngineRun start(EngineRequest request, EngineListener listener) {
        requests.add(request);
        int run = requests.size();
        play(milliseconds.applyAsDouble(request) * (1 + NOISE[run % NOISE.length] / 100), listener);
        return new EngineRun() {
            @Override
            public EngineOutcome await() {
                return outcome.apply(run);
            }

            @Override
            public void interrupt() {
                // It is over at once.
            }
        };
    }

    private static void play(double median, EngineListener listener) {
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
        listener.print("the end-of-test summary");
    }
}
