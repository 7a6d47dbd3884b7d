package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.run.EngineRequest;
import io.bookstore.perf.answer.Answer;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.SampleReader;
import io.bookstore.perf.metrics.SampleSink;
import io.bookstore.perf.progress.LiveProgress;
import io.bookstore.perf.progress.ProgressStyle;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ThresholdResult;
import io.bookstore.perf.results.ValidityFinding;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.perf.run.ScenarioRunner;
import io.bookstore.perf.scenario.Scenario;
import io.bookstore.perf.scenario.Scenarios;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.LogTail;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A named scenario on the embedded engine inside this JVM: as the packaged runner does it, and without its start.
 *
 * @param log what a person would have seen
 */
record ScenarioRun(RunResult result, Path folder, String log) {

    /**
     * Limits in time that a slow machine cannot cross: the client gives up after 60 s, so a request that took as long had
     * no answer at all.
     */
    static final Map<String, String> PATIENT_LIMITS = Map.of(
            "LLM_P95_MS", "60000",
            "LLM_P99_MS", "60000",
            "CRUD_P95_MS", "60000",
            "CRUD_P99_MS", "60000",
            "MIXED_P95_MS", "60000",
            "MIXED_P99_MS", "60000",
            "ERROR_P95_MS", "60000",
            "CHAOS_P99_MS", "60000",
            "DRIFT_RATIO", "1000000");

    /** Rules of a valid measurement that other work on the machine breaks, whatever the service does. */
    private static final Set<String> BUSY_MACHINE = Set.of("generator-load", "late-arrivals", "simulator-lateness");

    private static final int INVALID = 83;

    private static final Path scripts = Checkout.scripts();

    /** Runs it with {@link #PATIENT_LIMITS} unless the variables say otherwise. */
    static ScenarioRun of(String name, Map<String, String> variables, String baseUrl, Path folder)
            throws InterruptedException {
        return of(name, variables, Map.of(), baseUrl, folder);
    }

    /** The same with so many iterations by so many users in place of a load of some seconds, however long they take. */
    static ScenarioRun ofIterations(
            String name, int iterations, int users, Map<String, String> variables, String baseUrl, Path folder)
            throws InterruptedException {
        Map<String, String> load = Map.of("K6_ITERATIONS", String.valueOf(iterations), "K6_VUS", String.valueOf(users));
        return of(name, variables, load, baseUrl, folder);
    }

    private static ScenarioRun of(
            String name, Map<String, String> variables, Map<String, String> environment, String baseUrl, Path folder)
            throws InterruptedException {
        Scenario scenario = Scenarios.in(scripts).named(name).get(0);
        Map<String, String> env = new TreeMap<>(PATIENT_LIMITS);
        env.putAll(scenario.env());
        env.putAll(variables);
        StringWriter log = new StringWriter();
        RunOrder order = new RunOrder(
                name,
                new RunOrder.Script(scripts.resolve(scenario.script()), env),
                new RunOrder.Service(URI.create(baseUrl), Path.of("not-started"), scenario.serviceEnv(), false),
                folder,
                RunOrder.Rules.OF_THE_SCRIPT);
        ScenarioRunner runner = new ScenarioRunner(
                new EngineChoice(new EmbeddedEngine(environment), "for a test"), Clock.systemUTC(), bill -> {
                    throw new AssertionError("not simulated: " + bill.sentence());
                });
        try (LiveProgress progress = new LiveProgress(
                name, new ProgressStyle(false, false, false), new PrintWriter(log), Clock.systemUTC(), run -> {})) {
            return new ScenarioRun(runner.run(order, progress), folder, log.toString());
        }
    }

    Answer answer() {
        return Objects.requireNonNull(result.answer());
    }

    /** The samples of one metric in the order in which they were taken. */
    List<Sample> samples(String metric) throws IOException {
        List<Sample> samples = new ArrayList<>();
        SampleReader.read(EngineRequest.samplesIn(folder), new SampleSink() {
            @Override
            public void metric(Metric announced) {}

            @Override
            public void sample(Sample sample) {
                if (sample.metric().equals(metric)) {
                    samples.add(sample);
                }
            }
        });
        return samples;
    }

    List<Double> values(String metric) throws IOException {
        return samples(metric).stream().map(Sample::value).toList();
    }

    /** A counter's sum; 0 if nothing was counted. */
    long count(String counter) {
        return Math.round(result.count(counter).orElse(0.0));
    }

    /** Samples of a rate that were not 0. */
    long nonZero(String rate) {
        return result.rate(rate).orElseThrow().nonZero();
    }

    /** Every kind of request that failed, with status, error code and phase, for the message of a test. */
    Set<String> failedRequests() throws IOException {
        return samples("http_req_failed").stream()
                .filter(sample -> sample.value() != 0)
                .map(sample -> Stream.of("name", "status", "error_code", "phase")
                        .map(tag -> sample.tags().getOrDefault(tag, "-"))
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    List<String> crossedLimits() {
        return result.crossed().stream().map(ThresholdResult::sentence).toList();
    }

    void assertPassed() {
        assertThat(crossedLimits()).as(result.run().scenario()).isEmpty();
        assertEndedWith(0);
    }

    /** Asserts the exit code, unless a machine with other work made the measurement invalid, and nothing else did. */
    void assertEndedWith(int exitCode) {
        boolean busyMachine = result.wrongUsage().isEmpty()
                && result.findings().stream()
                        .filter(ValidityFinding::invalid)
                        .allMatch(finding -> BUSY_MACHINE.contains(finding.rule()));
        if (result.verdict().exitCode() != INVALID || !busyMachine) {
            assertThat(result.verdict().exitCode()).as(LogTail.of(log)).isEqualTo(exitCode);
        }
    }
}
