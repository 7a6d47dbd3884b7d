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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Streams, throughput, memory and start of the simulator; each three times, written as a table with the spread. */
final class SimulatorBenchmark {

    private static final int RUNS = 3;
    private static final int STREAMS = 5_000;
    private static final int CONNECTIONS = 64;
    private static final long SECONDS = 8;
    private static final long RAMP_SECONDS = 5;
    private static final String BUCKET = "llm_simulator_chunk_lateness_seconds_bucket{le=\"";
    // Slots would let only 64 of the streams run at once; everything else is sonnet-class.
    private static final String UNBOUNDED = "{\"profile\":{\"name\":\"unbounded\",\"base\":\"sonnet-class\","
            + "\"serving\":{\"slots\":0,\"queue\":0,\"loadFactor\":1}}}";

    private SimulatorBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, List<Double>> rows = new TreeMap<>();
        for (int run = 0; run < RUNS; run++) {
            try (Simulator simulator = new Simulator("zero", "512m")) {
                add(rows, "start to first answer, s (target < 2)", simulator.startSeconds());
                measure(simulator, 2, CONNECTIONS, body(false)); // until the JIT has compiled it
                add(rows, "zero, 64 connections, requests/s (target >= 10000)",
                        measure(simulator, SECONDS, CONNECTIONS, body(false)) / (double) SECONDS);
            }
            try (Simulator simulator = new Simulator("sonnet-class", "768m")) {
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

    /** Lateness from when all streams have been open for a while until they are asked to end. */
    private static void streams(Simulator simulator, Map<String, List<Double>> rows)
            throws IOException, InterruptedException {
        Load load = new Load();
        Thread client = new Thread(() -> {
            try {
                load.run(simulator.url(), STREAMS, RAMP_SECONDS, 2 * RAMP_SECONDS + SECONDS, "/v1/chat/completions", body(true));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        client.start();
        Thread.sleep(Duration.ofSeconds(2 * RAMP_SECONDS).toMillis());
        Map<String, Double> before = simulator.metrics();
        Duration simulatorBefore = simulator.cpu();
        Duration clientBefore = clientCpu();
        double wakeUp = wakeUpLateness(Duration.ofSeconds(SECONDS));
        double simulatorCores = simulator.cpu().minus(simulatorBefore).toMillis() / 1e3 / SECONDS;
        double clientCores = clientCpu().minus(clientBefore).toMillis() / 1e3 / SECONDS;
        Map<String, Double> after = simulator.metrics();
        client.join();
        if (load.failed() > 0) {
            throw new IllegalStateException(load.failed() + " streams failed, " + load.answered() + " were answered");
        }
        add(rows, "5000 streams, p50 chunk lateness at most, ms", 1000 * quantile(before, after, 0.5));
        add(rows, "5000 streams, p99 chunk lateness at most, ms (target < 10)", 1000 * quantile(before, after, 0.99));
        add(rows, "5000 streams, a bare thread beside them wakes up late by (p99), ms", wakeUp);
        add(rows, "5000 streams, cores used by the simulator", simulatorCores);
        add(rows, "5000 streams, cores used by the client", clientCores);
        add(rows, "5000 streams, open at once", after.getOrDefault("llm_simulator_requests_active", 0.0));
        add(rows, "5000 streams, chunks/s", (count(after, "+Inf") - count(before, "+Inf")) / SECONDS);
    }

    /** What the machine itself is late by: the p99 of a thread that does nothing but sleep 10 ms, in milliseconds. */
    private static double wakeUpLateness(Duration during) {
        List<Double> late = new ArrayList<>();
        for (long end = System.nanoTime() + during.toNanos(); System.nanoTime() < end; ) {
            long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(10);
            LockSupport.parkNanos(due - System.nanoTime());
            late.add((System.nanoTime() - due) / 1e6);
        }
        late.sort(null);
        return late.get((int) (0.99 * (late.size() - 1)));
    }

    private static Duration clientCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private static double count(Map<String, Double> metrics, String bound) {
        return metrics.getOrDefault(BUCKET + bound + "\"}", 0.0);
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
    private static double quantile(Map<String, Double> before, Map<String, Double> after, double share) {
        Map<Double, Double> buckets = new TreeMap<>();
        after.forEach((name, count) -> {
            if (name.startsWith(BUCKET)) {
                String bound = name.substring(BUCKET.length(), name.lastIndexOf('"'));
                buckets.put(
                        bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound),
                        count - before.getOrDefault(name, 0.0));
            }
        });
        double wanted = share * (count(after, "+Inf") - count(before, "+Inf"));
        return buckets.entrySet().stream()
                .filter(bucket -> bucket.getValue() >= wanted)
                .mapToDouble(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static void add(Map<String, List<Double>> rows, String name, double value) {
        rows.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
    }

    private static String body(boolean streaming) {
        return "{\"model\":\"gpt-4o-mini\",\"stream\":" + streaming
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Summarize \\\"Emma\\\" by Jane Austen\"}]}";
    }
}
