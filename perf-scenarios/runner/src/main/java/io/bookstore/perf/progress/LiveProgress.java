package io.bookstore.perf.progress;

import io.bookstore.k6.run.EngineRun;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.run.RunWatcher;
import io.bookstore.perf.slo.Goodput;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows a run while it goes on. Thread-safe: the engine feeds it, its own clock redraws it. */
public final class LiveProgress implements RunWatcher, AutoCloseable {

    private static final Duration redraw = Duration.ofMillis(250);
    private static final Duration plainLine = Duration.ofSeconds(5);
    private static final int BAR_WIDTH = 30;
    // Messages that name a different address each time must not fill the memory of a long run.
    private static final int MOST_KINDS = 1000;

    private final String name;
    private final ProgressStyle style;
    private final Screen screen;
    private final Clock clock;
    private final Consumer<EngineRun> onStart;
    private final LiveFigures figures = new LiveFigures();
    private final Map<String, Integer> repetitions = new LinkedHashMap<>();
    private final ScheduledExecutorService ticker;
    private @Nullable RunPlan plan;
    private @Nullable Instant firstSampleAt;
    private @Nullable List<String> kept;
    private Supplier<Optional<Goodput>> goodput = Optional::empty;
    private String phase = "";
    private boolean running;

    /** @param onStart receives the run as soon as it can be interrupted */
    public LiveProgress(String name, ProgressStyle style, PrintWriter out, Clock clock, Consumer<EngineRun> onStart) {
        this.name = name;
        this.style = style;
        this.screen = style.inPlace() ? new Screen.Terminal(out) : new Screen.Lines(out);
        this.clock = clock;
        this.onStart = onStart;
        this.ticker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "live-progress");
            thread.setDaemon(true);
            return thread;
        });
        Duration interval = style.inPlace() ? redraw : plainLine;
        ticker.scheduleAtFixedRate(this::tick, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void showPhase(String text) {
        if (text.equals(phase)) {
            return;
        }
        phase = text;
        show();
    }

    @Override
    public synchronized void quiet() {
        phase = "";
        screen.clear();
    }

    @Override
    public synchronized void judging(Supplier<Optional<Goodput>> soFar) {
        goodput = soFar;
    }

    @Override
    public synchronized void started(EngineRun run) {
        running = true;
        onStart.accept(run);
    }

    @Override
    public synchronized void planned(RunPlan announced) {
        plan = announced;
        phase = "";
        show();
    }

    @Override
    public synchronized void sample(Sample sample) {
        if (firstSampleAt == null) {
            // An engine prepares for seconds after it has told its plan, and measures none of them.
            firstSampleAt = clock.instant();
        }
        boolean first = figures.requests() == 0;
        figures.add(sample);
        if (style.inPlace() && first && figures.requests() == 1) {
            show();
        }
    }

    /** Shows the figures so far to someone else who tells of the run; no sample is added meanwhile. */
    synchronized void read(Consumer<LiveFigures> reader) {
        reader.accept(figures);
    }

    @Override
    public void metric(Metric metric) {
        // Figures go by name; what else is measured is for the report.
    }

    @Override
    public synchronized void log(String level, String message) {
        boolean bad = level.equals("error") || level.equals("warning");
        if (!bad) {
            screen.print(message);
        } else if (isNew(level + " " + message)) {
            screen.print(style.red(level) + " " + message);
        }
    }

    @Override
    public synchronized void print(String text) {
        if (kept == null) {
            screen.print(text.stripTrailing());
        } else {
            kept.add(text.stripTrailing());
        }
    }

    /** Keeps texts for standard output from now on, in the list that it returns, instead of showing them. */
    public synchronized List<String> keepTexts() {
        List<String> texts = new ArrayList<>();
        kept = texts;
        return texts;
    }

    @Override
    public synchronized void ended() {
        running = false;
        phase = "";
        screen.clear();
        repetitions.forEach((line, times) -> {
            if (times > 1) {
                screen.print("%,d times in all: %s".formatted(times, line));
            }
        });
        repetitions.clear();
    }

    /** A failure is shown when it is first seen and counted from then on, or a run of errors on purpose shows nothing else. */
    private boolean isNew(String line) {
        String kind = line.lines().findFirst().orElse("");
        boolean known = repetitions.containsKey(kind);
        if (known || repetitions.size() < MOST_KINDS) {
            repetitions.merge(kind, 1, Integer::sum);
        }
        return !known;
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        ended();
    }

    /** Redraws once, as the clock asks for it. */
    synchronized void tick() {
        if (running || (style.inPlace() && !phase.isEmpty())) {
            show();
        }
    }

    private void show() {
        screen.show(style.inPlace() ? block() : List.of(line()));
    }

    private List<String> block() {
        Position position = position();
        if (position == null) {
            return List.of(style.bold(name) + "  " + style.dim(phase.isEmpty() ? "preparing" : phase));
        }
        List<String> lines = new ArrayList<>();
        Double share = position.share();
        Duration left = position.left();
        lines.add(style.bold(name) + "  "
                + (share == null ? "" : "%s %3.0f %%   ".formatted(bar(share), share * 100))
                + position.course()
                + (left == null ? "" : ", " + Figures.clock(left) + " left"));
        String failures = "%d failed (%s)".formatted(figures.failures(), Figures.percent(failureShare()));
        lines.add("  %sVUs %d   requests %d (%.1f/s)   %s"
                .formatted(
                        position.stage().isEmpty() ? "" : position.stage() + "   ",
                        figures.vus(),
                        figures.requests(),
                        figures.requestsPerSecond(clock.instant().getEpochSecond()),
                        figures.failures() == 0 ? style.green(failures) : style.red(failures)));
        lines.add(
                figures.hasLatency()
                        ? "  %s   p50 %s   p95 %s%s"
                                .formatted(
                                        figures.llm() ? MetricNames.LLM_RESPONSE_TIME : MetricNames.HTTP_REQ_DURATION,
                                        Figures.milliseconds(figures.latencyMs(50)),
                                        Figures.milliseconds(figures.latencyMs(95)),
                                        goodput().map(text -> "   " + text).orElse(""))
                        : style.dim("  no request yet"));
        if (figures.llm()) {
            lines.add(style.dim("  tokens %s in, %s out   cost %s"
                    .formatted(
                            Figures.count(figures.inputTokens()),
                            Figures.count(figures.outputTokens()),
                            Figures.usd(figures.costUsd()))));
        }
        return lines;
    }

    private String line() {
        Position position = position();
        if (position == null) {
            return name + ": " + (phase.isEmpty() ? "preparing" : phase);
        }
        Double share = position.share();
        List<String> parts = new ArrayList<>();
        parts.add(position.course() + (share == null ? "" : " %3.0f %%".formatted(share * 100)));
        parts.add(position.stage());
        parts.add("VUs " + figures.vus());
        parts.add("requests %d (%.1f/s)"
                .formatted(
                        figures.requests(),
                        figures.requestsPerSecond(clock.instant().getEpochSecond())));
        parts.add(figures.hasLatency() ? "p95 " + Figures.milliseconds(figures.latencyMs(95)) : "");
        parts.add(goodput().orElse(""));
        parts.add("failed " + figures.failures());
        parts.add(figures.llm() ? "cost " + Figures.usd(figures.costUsd()) : "");
        return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining("  "));
    }

    /** A record is complete some seconds after its answer, so the last requests are not in it. */
    private Optional<String> goodput() {
        return goodput.get().map(Goodput::share).map(share -> "goodput " + Figures.percent(share));
    }

    private String bar(double share) {
        int filled = (int) Math.round(share * BAR_WIDTH);
        String full = style.unicode() ? "█" : "#";
        String empty = style.unicode() ? "░" : "-";
        return style.green(full.repeat(filled)) + style.dim(empty.repeat(BAR_WIDTH - filled));
    }

    private double failureShare() {
        return figures.requests() == 0 ? 0 : (double) figures.failures() / figures.requests();
    }

    private @Nullable Position position() {
        if (plan == null) {
            return null;
        }
        Duration elapsed = firstSampleAt == null ? Duration.ZERO : Duration.between(firstSampleAt, clock.instant());
        return Position.of(plan, elapsed, figures.iterations());
    }
}
