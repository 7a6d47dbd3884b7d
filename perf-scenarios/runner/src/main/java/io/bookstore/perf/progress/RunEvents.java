package io.bookstore.perf.progress;

import io.bookstore.k6.run.EngineRun;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.run.RunWatcher;
import io.bookstore.perf.slo.Goodput;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells a program about a run while it goes on: phases, the plan, and the figures once a second. Passes everything on to the
 * progress that a person reads. Thread-safe.
 */
public final class RunEvents implements RunWatcher {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final LiveProgress shown;
    private final EventPrinter events;
    private Supplier<Optional<Goodput>> goodput = Optional::empty;
    private @Nullable RunPlan plan;
    private @Nullable Instant firstSampleAt;
    private @Nullable Instant toldAt;

    /** @param shown gets each call first, and counts the figures for both */
    public RunEvents(LiveProgress shown, EventPrinter events) {
        this.shown = shown;
        this.events = events;
    }

    private record Phase(String text) {}

    /** @param seconds the longest that the load takes, without pauses before and after it */
    private record Plan(double seconds, List<Stage> stages) {}

    private record Stage(String scenario, double fromSecond, double toSecond, String text) {}

    /**
     * The figures so far.
     *
     * @param share       the part that is done, 0 to 1; null if it is unknown
     * @param secondsLeft null if it is unknown
     * @param latency     name of the metric of the percentiles; null with them as long as there is no answer
     * @param inputTokens null if no answer told any; the same for output and cost
     * @param goodput     share of good requests; null if none can be judged yet
     */
    private record Now(
            double elapsedSeconds,
            String course,
            String stage,
            @Nullable Double share,
            @Nullable Long secondsLeft,
            int users,
            long requests,
            double requestsPerSecond,
            long failed,
            Map<String, Long> failures,
            @Nullable String latency,
            @Nullable Double p50Ms,
            @Nullable Double p95Ms,
            @Nullable Double timeToFirstTokenMs,
            @Nullable Double inputTokens,
            @Nullable Double outputTokens,
            @Nullable Double costUsd,
            @Nullable Double goodput) {}

    @Override
    public synchronized void showPhase(String text) {
        events.print("phase", new Phase(text));
        shown.showPhase(text);
    }

    @Override
    public void quiet() {
        shown.quiet();
    }

    @Override
    public void loading(URI service) {
        events.print("service", Map.of("address", service));
    }

    @Override
    public void simulated(URI simulator) {
        events.print("simulator", Map.of("address", simulator));
    }

    @Override
    public synchronized void judging(Supplier<Optional<Goodput>> soFar) {
        goodput = soFar;
        shown.judging(soFar);
    }

    @Override
    public void started(EngineRun run) {
        shown.started(run);
    }

    @Override
    public synchronized void planned(RunPlan announced) {
        plan = announced;
        events.print("plan", new Plan(seconds(announced.duration()), stages(announced)));
        shown.planned(announced);
    }

    @Override
    public synchronized void sample(Sample sample) {
        shown.sample(sample);
        if (firstSampleAt == null) {
            firstSampleAt = sample.time();
        }
        // Engines sample the users once a second, so that no clock of its own is needed.
        if (toldAt == null || !sample.time().isBefore(toldAt.plus(INTERVAL))) {
            tell(sample.time());
        }
    }

    @Override
    public void metric(Metric metric) {
        shown.metric(metric);
    }

    @Override
    public void log(String level, String message) {
        shown.log(level, message);
    }

    @Override
    public void print(String text) {
        shown.print(text);
    }

    @Override
    public void arrived(Duration late) {
        shown.arrived(late);
    }

    @Override
    public void threw(String message) {
        shown.threw(message);
    }

    @Override
    public synchronized void ended() {
        if (toldAt != null) {
            tell(toldAt);
        }
        events.print("ended", Map.of());
        shown.ended();
    }

    private void tell(Instant now) {
        toldAt = now;
        shown.read(figures -> events.print("figures", of(figures, now)));
    }

    private Now of(LiveFigures figures, Instant now) {
        Duration elapsed = firstSampleAt == null ? Duration.ZERO : Duration.between(firstSampleAt, now);
        Position position = plan == null
                ? new Position(Figures.clock(elapsed), null, null, "")
                : Position.of(plan, elapsed, figures.iterations());
        Duration left = position.left();
        boolean measured = figures.hasLatency();
        return new Now(
                seconds(elapsed),
                position.course(),
                position.stage(),
                position.share(),
                left == null ? null : left.toSeconds(),
                figures.vus(),
                figures.requests(),
                figures.requestsPerSecond(now.getEpochSecond()),
                figures.failures(),
                figures.failuresByKind(),
                measured ? figures.llm() ? MetricNames.LLM_RESPONSE_TIME : MetricNames.HTTP_REQ_DURATION : null,
                measured ? figures.latencyMs(50) : null,
                measured ? figures.latencyMs(95) : null,
                figures.timeToFirstTokenMs(50),
                told(figures.inputTokens()),
                told(figures.outputTokens()),
                told(figures.costUsd()),
                goodput.get().map(Goodput::share).orElse(null));
    }

    private static List<Stage> stages(RunPlan plan) {
        List<Stage> stages = new ArrayList<>();
        for (RunPlan.Scenario scenario : plan.scenarios()) {
            Duration from = scenario.startTime();
            for (RunPlan.Stage stage : scenario.stages()) {
                Duration to = from.plus(stage.duration());
                String unit = scenario.openLoop() ? "arrivals" : "users";
                stages.add(new Stage(
                        scenario.name(), seconds(from), seconds(to), "to %d %s".formatted(stage.target(), unit)));
                from = to;
            }
        }
        return stages;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static @Nullable Double told(double sum) {
        return sum == 0 ? null : Double.valueOf(sum);
    }
}
