package io.bookstore.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A scenario run by the packaged runner.
 *
 * @param metrics k6's own summary of every metric, by name
 */
record PerfRun(Command command, Path output, JsonNode metrics) {

    private static final Path jar = Path.of("..", "perf-scenarios", "target", "perf.jar");

    static PerfRun run(String scenario, Path output, Map<String, String> environment)
            throws IOException, InterruptedException {
        Command command = perf(environment, "run", scenario, "--out", output.toString());
        JsonNode summary =
                new ObjectMapper().readTree(output.resolve("k6-summary.json").toFile());
        return new PerfRun(command, output, summary.path("metrics"));
    }

    /** The runner with any arguments. */
    static Command perf(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Map<String, String> complete = new TreeMap<>(environment);
        complete.putIfAbsent("K6_ENGINE", "embedded");
        List<String> words = new ArrayList<>(
                List.of(Command.java(), "-jar", jar.toAbsolutePath().toString()));
        words.addAll(List.of(arguments));
        return Command.run(Path.of("target"), complete, words);
    }

    long count(String metric) {
        return Math.round(metrics.path(metric).path("count").asDouble());
    }

    double rate(String metric) {
        return metrics.path(metric).path("value").asDouble();
    }

    double median(String trend) {
        return metrics.path(trend).path("med").asDouble();
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
}
