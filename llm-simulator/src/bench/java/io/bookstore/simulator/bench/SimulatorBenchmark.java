package io.bookstore.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Streams, throughput, memory and start of the simulator; each three times, written as a table with the spread. */
final class SimulatorBenchmark {

    private static final int RUNS = 3;
    private static final int STREAMS = 5_000;
    private static final int CONNECTIONS = 64;
    private static final long SECONDS = 8;
    private static final long RAMP_SECONDS = 5;
    // Until the JIT has compiled most of it: its threads and the streams want the same cores.
    private static final long WARM_UP_SECONDS = 10;
    private static final String CHUNKS = "llm_simulator_chunk_lateness_seconds_count";
    // A collection stops all streams: with a young generation this small it takes 3 to 10 ms, with a large one 20 to 50. What
    // the streams keep is soon moved out of its way, and the collector needs no thread beside them.
    private static final List<String> STREAMING = List.of(
            "-XX:+UseParallelGC",
            "-Xms640m",
            "-Xmx640m",
            "-Xmn24m",
            "-XX:MaxTenuringThreshold=1",
            "-XX:-UseAdaptiveSizePolicy");
    // Slots would let only 64 of the streams run at once; everything else is sonnet-class.
    private static final String UNBOUNDED = "{\"profile\":{\"name\":\"unbounded\",\"base\":\"sonnet-class\","
            + "\"serving\":{\"slots\":0,\"queue\":0,\"loadFactor\":1}}}";

    private SimulatorBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, List<Double>> rows = new TreeMap<>();
        for (int run = 0; run < RUNS; run++) {
            try (Simulator simulator = new Simulator("zero", List.of("-Xmx512m"))) {
                add(rows, "start to first answer, s (target < 2)", simulator.startSeconds());
                measure(simulator, 2, CONNECTIONS, body(false)); // until the JIT has compiled it
                add(rows, "zero, 64 connections, requests/s (target >= 10000)",
                        measure(simulator, SECONDS, CONNECTIONS, body(false)) / (double) SECONDS);
                recording(simulator, rows);
            }
            try (Simulator simulator = new Simulator("sonnet-class", STREAMING)) {
                simulator.send("PUT", "/admin/config", UNBOUNDED);
                streams(simulator, rows);
                add(rows, "5000 streams, peak resident MiB (target < 1024)", simulator.peakMebibytes());
            }
        }
        StringBuilder table = new StringBuilder("| " + LocalDate.now() + ", JDK " + Runtime.version() + ", "
                + Runtime.getRuntime().availableProcessors() + " cores, client on the same | median | least | most |\n"
                + "|---|---|---|---|\n");
        rows.forEach((name, values) -> {
            List<Double> sorted = values.stream().sorted().toList();
            table.append(String.format(
                    Locale.ROOT, "| %s | %.2f | %.2f | %.2f |%n", name, sorted.get(RUNS / 2), sorted.get(0), sorted.get(RUNS - 1)));
        });
        System.out.print(table);
        Path file = Files.createDirectories(Path.of("target", "bench")).resolve("simulator.md");
        Files.writeString(file, table);
    }

    /** Measures the time that a recording proxy adds to whole and to streamed answers without a latency of their own. */
    private static void recording(Simulator simulator, Map<String, List<Double>> rows)
            throws IOException, InterruptedException {
        try (RecordingOverhead overhead = new RecordingOverhead(simulator.url())) {
            for (boolean streaming : new boolean[] {false, true}) {
                String name = "recording, " + (streaming ? "streamed" : "whole") + " answers, ";
                List<RecordingOverhead.Quantiles> quantiles = overhead.measure(body(streaming));
                add(rows, name + "straight, p99 ms", quantiles.get(1).straight());
                add(rows, name + "added to p50, ms", quantiles.get(0).added());
                add(rows, name + "added to p99, ms (target < 1)", quantiles.get(1).added());
            }
        }
    }

    /** Lateness of the streams that end, from when all streams have been open for a while until they are asked to end. */
    private static void streams(Simulator simulator, Map<String, List<Double>> rows)
            throws IOException, InterruptedException {
        Load load = new Load();
        Thread client = new Thread(() -> {
            try {
                load.run(simulator.url(), STREAMS, RAMP_SECONDS, RAMP_SECONDS + WARM_UP_SECONDS + SECONDS, "/v1/chat/completions", body(true));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        client.start();
        Thread.sleep(Duration.ofSeconds(RAMP_SECONDS + WARM_UP_SECONDS).toMillis());
        simulator.send("DELETE", "/admin/journal", "");
        double chunksBefore = simulator.metric(CHUNKS);
        Duration simulatorBefore = simulator.cpu();
        Duration clientBefore = clientCpu();
        double busyBefore = Machine.busySeconds();
        double wakeUp = Machine.wakeUpLateness(Duration.ofSeconds(SECONDS));
        double busyCores = (Machine.busySeconds() - busyBefore) / SECONDS;
        double simulatorCores = simulator.cpu().minus(simulatorBefore).toMillis() / 1e3 / SECONDS;
        double clientCores = clientCpu().minus(clientBefore).toMillis() / 1e3 / SECONDS;
        double chunks = simulator.metric(CHUNKS) - chunksBefore;
        double open = simulator.metric("llm_simulator_requests_active");
        double[] late = simulator.chunkLatenessMs();
        client.join();
        if (load.failed() > 0) {
            throw new IllegalStateException(load.failed() + " streams failed, " + load.answered() + " were answered");
        }
        add(rows, "5000 streams, p50 chunk lateness, ms", quantile(late, 0.5));
        add(rows, "5000 streams, p99 chunk lateness, ms (target < 10)", quantile(late, 0.99));
        add(rows, "5000 streams, a bare thread beside them wakes up late by (p99), ms", wakeUp);
        add(rows, "5000 streams, cores used by the simulator", simulatorCores);
        add(rows, "5000 streams, cores used by the client", clientCores);
        add(rows, "5000 streams, cores used by everybody, kernel included", busyCores);
        add(rows, "5000 streams, open at once", open);
        add(rows, "5000 streams, chunks/s", chunks / SECONDS);
    }

    private static Duration clientCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private static double measure(Simulator simulator, long seconds, int connections, String body)
            throws InterruptedException {
        Load load = new Load();
        load.run(simulator.url(), connections, 0, seconds, "/v1/chat/completions", body);
        if (load.failed() > 0) {
            throw new IllegalStateException(load.failed() + " requests failed, " + load.answered() + " were answered");
        }
        return load.answered();
    }

    /** The upper bound of the bucket that the quantile lies in, in seconds: never better than the truth. */
    private static double quantile(double[] sorted, double share) {
        return sorted[(int) (share * (sorted.length - 1))];
    }

    private static void add(Map<String, List<Double>> rows, String name, double value) {
        rows.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
    }

    private static String body(boolean streaming) {
        return "{\"model\":\"gpt-4o-mini\",\"stream\":" + streaming
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Summarize \\\"Emma\\\" by Jane Austen\"}]}";
    }
}
