package io.bookstore.perf.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.perf.metrics.GroupedSampleWriter;
import io.bookstore.perf.metrics.SampleFile;
import io.bookstore.perf.metrics.SampleWriter;
import io.bookstore.perf.results.facts.MachineFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Measures the embedded engine against its targets, each several times in a JVM of its own, beside a server that takes its
 * share of the same cores. System properties: {@code bench.runs} (3), {@code bench.seconds} (45).
 */
final class EngineBenchmark {

    private static final int RUNS = Integer.getInteger("bench.runs", 3);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 45);
    private static final int SAMPLES = 5_000_000;
    private static final Path SCRIPTS = Path.of("runner/src/bench/k6");

    private final Path folder;
    private final ZeroServer server;
    private final List<String> rows = new ArrayList<>();

    private EngineBenchmark(Path folder, ZeroServer server) {
        this.folder = folder;
        this.server = server;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of("target/bench"));
        try (ZeroServer server = new ZeroServer()) {
            new EngineBenchmark(folder, server).measure();
        }
    }

    private void measure() throws IOException, InterruptedException {
        throughput();
        memory();
        arrivals();
        reports();
        MachineFacts machine = MachineFacts.current();
        String table = "%s, %d processors, JDK %s, %s; median of %d runs (smallest to largest)%n%n"
                        .formatted(
                                machine.os(), machine.processors(), machine.jdk(), LocalDate.now(ZoneOffset.UTC), RUNS)
                + "| Measured | Target | Result |\n|---|---|---|\n"
                + String.join("", rows);
        Files.writeString(folder.resolve("perf-scenarios.md"), table);
        System.out.println(table);
        Files.deleteIfExists(folder.resolve("samples.jsonl.gz"));
    }

    private void throughput() throws IOException, InterruptedException {
        List<Double> early = new ArrayList<>();
        List<Double> late = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            List<Integer> requests = StreamSupport.stream(
                            engine("throughput.js", List.of("-Xmx512m"), "VUS=20", "DURATION=" + SECONDS + "s")
                                    .path("requests")
                                    .spliterator(),
                            false)
                    .map(JsonNode::asInt)
                    .toList();
            int third = requests.size() / 3;
            early.add(mean(requests.subList(0, third)));
            late.add(mean(requests.subList(requests.size() - third, requests.size())));
        }
        row("requests/s of 20 VUs, last third of %d s".formatted(SECONDS), ">= 8,000", late, "%,.0f");
        row("requests/s, first third: the JIT compiler works beside it", "", early, "%,.0f");
    }

    private void memory() throws IOException, InterruptedException {
        List<Double> resident = new ArrayList<>();
        List<Double> idle = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            List<String> small = List.of("-Xmx256m", "-XX:+UseSerialGC");
            resident.add(engine("throughput.js", small, "VUS=200", "DURATION=15s")
                            .path("peakResidentKib")
                            .asLong()
                    / 1024.0);
            long few = engine("idle.js", List.of(), "VUS=10", "MEASURE_HEAP=1")
                    .path("heapBytes")
                    .asLong();
            long many = engine("idle.js", List.of(), "VUS=210", "MEASURE_HEAP=1")
                    .path("heapBytes")
                    .asLong();
            idle.add((many - few) / 200.0 / (1024 * 1024));
        }
        row("MiB resident at most, 200 VUs at work, -Xmx256m", "<= 400", resident, "%.0f");
        row("MiB of heap for one more idle VU", "< 0.5", idle, "%.2f");
    }

    private void arrivals() throws IOException, InterruptedException {
        List<Double> late = new ArrayList<>();
        List<Double> machine = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            JsonNode result = engine("arrivals.js", List.of(), "RATE=100", "DURATION=15s", "MEASURE_WAKE_UPS=1");
            late.add(result.path("lateP99").asDouble());
            machine.add(result.path("machineLateP99").asDouble());
        }
        row("ms late, p99 of 100 arrivals/s", "< 5", late, "%.1f");
        row("ms late, p99 of a bare thread of the same JVM", "", machine, "%.1f");
    }

    private void reports() throws IOException, InterruptedException {
        Path grouped = folder.resolve("grouped.jsonl.gz");
        long requests;
        try (GroupedSampleWriter writer = new GroupedSampleWriter(SampleFile.compressed(grouped))) {
            requests = LargeRun.write(SAMPLES, metric -> writer.write(metric, List.of(), List.of()), writer::write);
        }
        report(grouped, requests, "in groups");
        Path lines = folder.resolve("lines.jsonl.gz");
        try (SampleWriter writer = new SampleWriter(SampleFile.compressed(lines))) {
            LargeRun.write(SAMPLES, metric -> writer.write(metric, List.of(), List.of()), writer::write);
        }
        report(lines, requests, "as k6's lines");
    }

    private void report(Path samples, long requests, String form) throws IOException, InterruptedException {
        List<Double> seconds = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            List<String> arguments =
                    List.of(samples.toString(), folder.resolve("report").toString());
            JsonNode result = ChildJvm.run(ReportUnderTest.class, List.of("-Xmx512m"), arguments);
            if (result.path("requests").asLong() != requests) {
                throw new IllegalStateException(
                        "the report counts " + result.path("requests") + " requests, the file has " + requests);
            }
            seconds.add(result.path("seconds").asDouble());
            processor.add(result.path("processorSeconds").asDouble());
        }
        Files.delete(samples);
        row("s for a report of %,d samples %s, -Xmx512m".formatted(SAMPLES, form), "<= 60", seconds, "%.1f");
        row("s of a processor for it", "", processor, "%.1f");
    }

    private JsonNode engine(String script, List<String> jvmOptions, String... env)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of(SCRIPTS.resolve(script).toString(), folder.toString(), "BASE_URL=" + server.baseUrl()));
        arguments.addAll(Arrays.asList(env));
        long before = server.answered();
        JsonNode result = ChildJvm.run(EngineUnderTest.class, jvmOptions, arguments);
        long answered = server.answered() - before;
        // Requests that were cut off at the end were answered all the same.
        if (result.path("total").asLong() > answered) {
            throw new IllegalStateException(
                    script + " counts " + result.path("total") + " requests, the server " + answered);
        }
        return result;
    }

    private void row(String what, String target, List<Double> values, String format) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        List<String> shown = IntStream.of(sorted.length / 2, 0, sorted.length - 1)
                .mapToObj(index -> String.format(Locale.ROOT, format, sorted[index]))
                .toList();
        rows.add("| %s | %s | %s (%s to %s) |\n".formatted(what, target, shown.get(0), shown.get(1), shown.get(2)));
    }

    private static double mean(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).average().orElse(0);
    }
}
