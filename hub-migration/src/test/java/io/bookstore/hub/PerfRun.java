package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A scenario run by the packaged runner.
 *
 * @param metrics k6's own summary of every metric, by name
 */
record PerfRun(Command.Result command, Path output, JsonNode metrics) {

    private static final Path jar = Checkout.root().resolve("perf-scenarios/target/perf.jar");

    static PerfRun run(String scenario, Path output, Map<String, String> environment) throws IOException {
        return of(perf(environment, "run", scenario, "--out", output.toString()), output);
    }

    /** The same without a process of its own. */
    static PerfRun embedded(String scenario, Path output, String baseUrl, Map<String, String> environment)
            throws IOException, InterruptedException {
        ScenarioRun run = ScenarioRun.of(scenario, environment, baseUrl, output);
        return of(new Command.Result(run.result().verdict().exitCode(), run.log()), output);
    }

    private static PerfRun of(Command.Result command, Path output) throws IOException {
        Path summary = output.resolve("k6-summary.json");
        if (!Files.exists(summary)) {
            throw new AssertionError("no summary in " + output + ":\n" + command.tail());
        }
        return new PerfRun(
                command, output, new ObjectMapper().readTree(summary.toFile()).path("metrics"));
    }

    /** The runner with any arguments. */
    static Command.Result perf(Map<String, String> environment, String... arguments) {
        return Command.java(192, "-jar", jar.toString())
                .and(arguments)
                .in(Path.of("target"))
                .with(Map.of("K6_ENGINE", "embedded"))
                .with(environment)
                .run();
    }

    long count(String metric) {
        return Math.round(metrics.path(metric).path("count").asDouble());
    }

    double rate(String metric) {
        return metrics.path(metric).path("value").asDouble();
    }

    /** Samples of a rate that were 1. */
    long passes(String rate) {
        return metrics.path(rate).path("passes").asLong();
    }

    /** Samples of a rate. */
    long total(String rate) {
        return passes(rate) + metrics.path(rate).path("fails").asLong();
    }

    Set<String> names() {
        Set<String> names = new TreeSet<>();
        metrics.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The limits that the run was judged by, such as {@code p(95)<8000}. */
    Set<String> limits(String metric) {
        Set<String> limits = new TreeSet<>();
        metrics.path(metric).path("thresholds").fieldNames().forEachRemaining(limits::add);
        return limits;
    }

    void assertPassed() {
        assertThat(command.exitCode()).as(command.tail()).isZero();
    }
}
