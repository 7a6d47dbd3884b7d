package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.cli.PerfCommand;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.Command;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A scenario run by the packaged runner, or by the same code in this JVM: a start takes more processor time than a short run.
 *
 * @param metrics k6's own summary of every metric, by name
 */
record PerfRun(Command.Result command, Path output, JsonNode metrics) {

    private static final Path jar = Checkout.root().resolve("perf-scenarios/target/perf.jar");

    static PerfRun run(String scenario, Path output, Map<String, String> environment) throws IOException {
        return of(perf(environment, "run", scenario, "--out", output.toString()), output);
    }

    /** The same in this JVM. */
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

    /** The command line of {@code llm-perf} in this JVM. */
    static Command.Result commandLine(String... arguments) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        int exitCode = PerfCommand.commandLine(List.of(new EmbeddedEngineOption()), new Interruption())
                .setOut(out)
                .setErr(out)
                .execute(arguments);
        return new Command.Result(exitCode, said.toString());
    }

    private static Command.Result perf(Map<String, String> environment, String... arguments) {
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

    /** Asserts that the run passed with these shares of its requests for the model, and of its users who send them. */
    void assertShares(double llmShare, double aiUsers) {
        assertPassed();
        assertShare("llm_share", llmShare);
        assertShare("ai_user_share", aiUsers);
        assertThat(count("llm_operations"))
                .as("requests to the model")
                .isEqualTo(passes("llm_share"))
                .isPositive();
    }

    /** Every hundred requests have the share exactly, and any stretch of them, however short, to within two requests. */
    private void assertShare(String metric, double share) {
        assertThat((double) passes(metric))
                .as("%s of %d requests", metric, total(metric))
                .isCloseTo(share * total(metric), within(2.0));
    }
}
