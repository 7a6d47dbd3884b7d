package io.bookstore.perf.testing;

import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.MetricType;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.Verdict;
import io.bookstore.perf.results.facts.GeneratorLoad;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.results.facts.TargetFacts;
import io.bookstore.perf.results.sample.ResultReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The samples of a run of summaries in virtual time: users that come, ask, read and ask again, or arrivals at a rate. Clean
 * unless the test plants a defect.
 */
public final class SyntheticRun {

    private static final Instant START = RecordedSmokeRun.START;
    private static final int RAMP_SECONDS = 30;
    private static final double SIGMA = 0.5;

    private final Random random;
    private final List<Sample> samples = new ArrayList<>();
    private final boolean open;
    private final int users;
    private final int seconds;
    private double medianSeconds = 2;
    private double driftPerSecond;
    private int hanging;
    private double connectionSeconds;
    private @Nullable GeneratorLoad generator = new GeneratorLoad(0.2, 0.4, 2);
    private boolean startedForTheRun;
    private int inputs;
    private @Nullable Double repeatSeconds;
    private int requests;

    private SyntheticRun(long seed, boolean open, int users, int seconds) {
        this.random = new Random(seed);
        this.open = open;
        this.users = users;
        this.seconds = seconds;
    }

    /** Users that ramp up for 30 s, stay, and ramp down for 30 s. */
    public static SyntheticRun ofUsers(long seed, int users, int seconds) {
        return new SyntheticRun(seed, false, users, seconds);
    }

    /** Arrivals at an even rate. */
    public static SyntheticRun ofArrivals(long seed, int perSecond, int seconds) {
        return new SyntheticRun(seed, true, perSecond, seconds);
    }

    /** Answers take so long at the median, and from second to second more. */
    public SyntheticRun answersIn(double median, double morePerSecond) {
        medianSeconds = median;
        driftPerSecond = morePerSecond;
        return this;
    }

    /** Iterations of that many users never end. */
    public SyntheticRun hangingUsers(int number) {
        hanging = number;
        return this;
    }

    /** Each request waits that long for a connection. */
    public SyntheticRun connectionsAfter(double seconds) {
        connectionSeconds = seconds;
        return this;
    }

    /** Requests ask these inputs in turn, and tell which. */
    public SyntheticRun asking(int distinct) {
        inputs = distinct;
        return this;
    }

    /** An input that was asked before is answered in this time, and nothing tells by what. */
    public SyntheticRun repeatsAnsweredIn(double seconds) {
        repeatSeconds = seconds;
        return this;
    }

    public SyntheticRun generator(GeneratorLoad load) {
        generator = load;
        return this;
    }

    public SyntheticRun startedForTheRun() {
        startedForTheRun = true;
        return this;
    }

    public RunPlan plan() {
        Duration length = Duration.ofSeconds(seconds);
        return new RunPlan(List.of(
                open
                        ? new RunPlan.Scenario("ai", "constant-arrival-rate", Duration.ZERO, length, users * 60, 0)
                        : new RunPlan.Scenario(
                                "ai",
                                "ramping-vus",
                                Duration.ZERO,
                                length,
                                users,
                                List.of(
                                        new RunPlan.Stage(Duration.ofSeconds(RAMP_SECONDS), users),
                                        new RunPlan.Stage(length.minusSeconds(2 * RAMP_SECONDS), users),
                                        new RunPlan.Stage(Duration.ofSeconds(RAMP_SECONDS), 0)),
                                users,
                                0)));
    }

    public RunResult result() {
        if (open) {
            arrive();
        } else {
            ask();
        }
        ResultReader reader = ResultReader.following(Map.of());
        Stream.concat(
                        SampleLines.builtInMetrics(),
                        Stream.of(
                                new Metric("iteration_duration", MetricType.TREND, "time"),
                                new Metric("http_req_blocked", MetricType.TREND, "time"),
                                new Metric("llm_response_time", MetricType.TREND, "time"),
                                new Metric("llm_operations", MetricType.COUNTER, "default")))
                .forEach(reader::metric);
        samples.stream().sorted(Comparator.comparing(Sample::time)).forEach(reader::sample);
        try {
            return reader.result(Path.of("no-such-summary.json"), facts(), Verdict.of(0, null))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ask() {
        int[] vus = new int[seconds + 1];
        for (int user = 0; user < users; user++) {
            double from = RAMP_SECONDS * (user + 1.0) / users;
            double until = seconds - RAMP_SECONDS * (user + 1.0) / users;
            double now = from;
            while (now < until && user >= hanging) {
                double latency = latency(now);
                double end = now + latency + 3 + 5 * random.nextDouble();
                request(now + latency, latency, end, end - now);
                now = end;
            }
            for (int second = 0; second <= seconds; second++) {
                vus[second] += second >= from && second < Math.max(now, until) ? 1 : 0;
            }
        }
        for (int second = 1; second <= seconds; second++) {
            sample("vus", second, vus[second], Map.of());
            sample("vus_max", second, users, Map.of());
        }
    }

    private void arrive() {
        for (int number = 0; number < users * seconds; number++) {
            double now = (double) number / users;
            double latency = latency(now);
            request(now + latency, latency, now + latency, latency);
        }
        for (int second = 1; second <= seconds; second++) {
            sample("vus", second, users * 4, Map.of());
            sample("vus_max", second, users * 4, Map.of());
        }
    }

    private double latency(double now) {
        if (repeatSeconds != null && requests >= inputs) {
            return repeatSeconds;
        }
        return (medianSeconds + driftPerSecond * now) * Math.exp(SIGMA * random.nextGaussian());
    }

    private void request(double answered, double latency, double ended, double iteration) {
        Map<String, String> tags =
                Map.of("scenario", "ai", "operation_type", "llm", "group", "", "name", "summary", "status", "200");
        sample("http_reqs", answered, 1, tags);
        samples.add(new Sample(
                "http_req_duration",
                START.plusNanos(Math.round(answered * 1e9)),
                latency * 1000,
                tags,
                inputs == 0 ? Map.of() : Map.of("input", "book-" + requests % inputs)));
        sample("http_req_blocked", answered, connectionSeconds * 1000, tags);
        sample("http_req_failed", answered, 0, tags);
        sample("llm_response_time", answered, latency * 1000, tags);
        sample("llm_operations", answered, 1, tags);
        sample("iterations", ended, 1, tags);
        sample("iteration_duration", ended, iteration * 1000, tags);
        requests++;
    }

    private void sample(String metric, double second, double value, Map<String, String> tags) {
        samples.add(new Sample(metric, START.plusNanos(Math.round(second * 1e9)), value, tags));
    }

    private List<RunFacts.Load.Stage> stages() {
        return plan().scenarios().get(0).stages().stream()
                .map(stage -> new RunFacts.Load.Stage(stage.duration(), stage.target()))
                .toList();
    }

    private RunFacts facts() {
        RunFacts usual = RecordedResults.facts(Map.of());
        String executor = open ? "constant-arrival-rate" : "ramping-vus";
        return new RunFacts(
                usual.scenario(),
                usual.script(),
                usual.scriptHash(),
                usual.engine(),
                List.of(new RunFacts.Load(
                        "ai", executor, open, users, Duration.ofSeconds(seconds), Duration.ZERO, stages())),
                usual.startedAt(),
                Duration.ofSeconds(seconds),
                usual.env(),
                new TargetFacts(
                        usual.target().baseUrl(), startedForTheRun, true, "anthropic", null, "embedded", null, null),
                usual.machine(),
                generator);
    }
}
