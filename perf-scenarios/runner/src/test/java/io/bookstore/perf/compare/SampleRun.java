package io.bookstore.perf.compare;

import io.bookstore.perf.record.RequestRecord;
import io.bookstore.perf.results.Measurements;
import io.bookstore.perf.results.MetricSummary;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.TimeSeries;
import io.bookstore.perf.results.TrendStatistics;
import io.bookstore.perf.results.ValidityFacts;
import io.bookstore.perf.results.Verdict;
import io.bookstore.perf.results.facts.GeneratorLoad;
import io.bookstore.perf.results.facts.MachineFacts;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.results.facts.ServiceBuild;
import io.bookstore.perf.results.facts.SimulatorFacts;
import io.bookstore.perf.results.facts.TargetFacts;
import io.bookstore.perf.slo.Dimension;
import io.bookstore.perf.slo.Goodput;
import io.bookstore.perf.slo.SteadyWindow;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A run like any other in its facts, with the figures and the differences that a test chooses. */
public final class SampleRun {

    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private int minute;
    private Verdict verdict = Verdict.of(0, null);
    private String scenario = "ai-load";
    private String engine = "embedded";
    private int peak = 5;
    private Map<String, String> env = Map.of("SCENARIO", "llm_load", "BASE_URL", "http://localhost:7002");
    private @Nullable String scriptHash = "5c81e0a9b2f4";
    private URI service = URI.create("http://localhost:7002");
    private boolean started = true;
    private @Nullable Boolean simulated = true;
    private @Nullable String provider = "anthropic";
    private @Nullable String model = "claude-sonnet-4-5";
    private @Nullable SimulatorFacts simulator = new SimulatorFacts("sonnet-class", 1, "90aa17c3d5e6");
    private @Nullable ServiceBuild build;
    private MachineFacts machine = new MachineFacts("Linux 6.1 amd64", 2, 24105, "Eclipse Adoptium 17.0.15", "0.1.0");
    private @Nullable GeneratorLoad generator;
    private List<MetricSummary> metrics = List.of();
    private @Nullable Goodput goodput;

    private SampleRun() {}

    /** A run that starts so many minutes after the first. */
    public static SampleRun at(int minute) {
        SampleRun run = new SampleRun();
        run.minute = minute;
        return run;
    }

    public SampleRun verdict(Verdict other) {
        verdict = other;
        return this;
    }

    public SampleRun scenario(String other) {
        scenario = other;
        return this;
    }

    public SampleRun engine(String other) {
        engine = other;
        return this;
    }

    public SampleRun users(int other) {
        peak = other;
        return this;
    }

    public SampleRun env(String name, String value) {
        env = new TreeMap<>(env);
        env.put(name, value);
        return this;
    }

    public SampleRun script(@Nullable String hash) {
        scriptHash = hash;
        return this;
    }

    public SampleRun service(URI other) {
        service = other;
        return this;
    }

    public SampleRun startedForTheRun(boolean other) {
        started = other;
        return this;
    }

    public SampleRun provider(boolean isSimulated, String name) {
        simulated = isSimulated;
        provider = name;
        return this;
    }

    public SampleRun model(@Nullable String other) {
        model = other;
        return this;
    }

    public SampleRun simulator(@Nullable SimulatorFacts other) {
        simulator = other;
        return this;
    }

    public SampleRun build(String jar, String hash) {
        build = new ServiceBuild(jar, hash);
        return this;
    }

    public SampleRun machine(MachineFacts other) {
        machine = other;
        return this;
    }

    public SampleRun generator(GeneratorLoad other) {
        generator = other;
        return this;
    }

    /** The response time of summaries, without an error. */
    public SampleRun summaries(long requests, double p50, double p95) {
        return metrics(latency("llm_response_time", requests, p50, p95), failures("llm_errors", 0, requests));
    }

    public SampleRun metrics(MetricSummary... some) {
        metrics = new ArrayList<>(metrics);
        metrics.addAll(List.of(some));
        return this;
    }

    /** So many good of 600 scheduled summaries, by a limit on the end-to-end time. */
    public SampleRun goodput(long good, double limitMs) {
        double share = good / 600.0;
        goodput = new Goodput(
                600,
                good,
                new SteadyWindow(true, 0, 60, "Ramps are cut."),
                List.of(new Goodput.OfClass(
                        RequestRecord.Kind.LLM,
                        600,
                        good,
                        0,
                        0,
                        share,
                        List.of(
                                new Goodput.Attainment(Dimension.E2E, limitMs, good, 600 - good, 0, share),
                                new Goodput.Attainment(Dimension.ERROR, null, 600, 0, 0, 1.0)),
                        good == 600 ? null : Dimension.E2E)));
        return this;
    }

    public RunResult result() {
        Instant start = START.plus(Duration.ofMinutes(minute));
        return new RunResult(
                        new RunFacts(
                                scenario,
                                "ai-summary.js",
                                scriptHash,
                                engine,
                                List.of(new RunFacts.Load(
                                        "llm_load", "ramping-vus", false, peak, Duration.ofMinutes(1))),
                                start,
                                Duration.ofSeconds(61),
                                env,
                                new TargetFacts(
                                        service, started, simulated, provider, model, "embedded", simulator, build),
                                machine,
                                generator),
                        verdict,
                        List.of(),
                        new Measurements(
                                metrics,
                                List.of(),
                                List.of(),
                                List.of(),
                                new TimeSeries(start, Duration.ofSeconds(1), List.of(), List.of())),
                        ValidityFacts.NONE)
                .with(goodput, null);
    }

    ComparedRun named(String name) {
        return new ComparedRun(name, result());
    }

    public static MetricSummary latency(String name, long requests, double p50, double p95) {
        return new MetricSummary.Trend(
                name, "time", new TrendStatistics(requests, 1, p50, p50, p95, p95, 2 * p95, 3 * p95));
    }

    public static MetricSummary failures(String name, long failed, long requests) {
        return new MetricSummary.Rate(name, "default", (double) failed / requests, failed, requests);
    }

    public static MetricSummary counter(String name, double count) {
        return new MetricSummary.Counter(name, "default", count, count / 60);
    }
}
