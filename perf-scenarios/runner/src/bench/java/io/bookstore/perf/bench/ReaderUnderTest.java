package io.bookstore.perf.bench;

import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.MetricType;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.SampleWriter;
import io.bookstore.perf.results.facts.MachineFacts;
import io.bookstore.perf.results.sample.ResultReader;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.facts.TargetFacts;
import io.bookstore.perf.results.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A JVM with a small heap that reads a large samples file. Arguments: folder, lines. */
final class ReaderUnderTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private ReaderUnderTest() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0], "samples.jsonl");
        int lines = Integer.parseInt(arguments[1]);
        write(file, lines);
        long start = System.nanoTime();
        RunResult result =
                ResultReader.read(file, Path.of(arguments[0], "no-summary.json"), facts(), Verdict.of(0, null));
        double seconds = (System.nanoTime() - start) / 1e9;
        Files.delete(file);
        double requests = result.count("http_reqs").orElse(0.0);
        if (requests != lines / 2) {
            throw new IllegalStateException("read " + requests + " requests of " + lines / 2);
        }
        System.out.printf("result {\"linesPerSecond\":%.0f}%n", lines / seconds);
    }

    private static void write(Path file, int lines) throws IOException {
        Metric requests = new Metric("http_reqs", MetricType.COUNTER, "default");
        Metric duration = new Metric("http_req_duration", MetricType.TREND, "time");
        SplittableRandom random = new SplittableRandom(1);
        List<Map<String, String>> kinds =
                List.of(kind("list-books", "200"), kind("summary", "200"), kind("summary", "503"));
        try (SampleWriter writer = new SampleWriter(Files.newOutputStream(file))) {
            writer.write(requests, List.of(), List.of());
            writer.write(duration, List.of("p(95)<500"), List.of());
            for (int i = 0; i < lines / 2; i++) {
                Map<String, String> tags = kinds.get(random.nextInt(kinds.size()));
                Instant time = START.plusNanos(i * 200_000L);
                writer.write(new Sample(requests.name(), time, 1, tags));
                writer.write(new Sample(duration.name(), time, Math.exp(random.nextDouble() * 9), tags));
            }
        }
    }

    private static Map<String, String> kind(String name, String status) {
        return Map.of(
                "name",
                name,
                "url",
                name,
                "method",
                "GET",
                "status",
                status,
                "proto",
                "HTTP/1.1",
                "scenario",
                "load",
                "group",
                "",
                "expected_response",
                String.valueOf(status.equals("200")));
    }

    private static RunFacts facts() {
        return new RunFacts(
                "bench",
                "none",
                null,
                "none",
                List.of(),
                START,
                Duration.ZERO,
                Map.of(),
                TargetFacts.unknown(URI.create("http://localhost")),
                MachineFacts.current(),
                null);
    }
}
