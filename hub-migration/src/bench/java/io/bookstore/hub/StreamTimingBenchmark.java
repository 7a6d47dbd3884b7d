package io.bookstore.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.SampleReader;
import io.bookstore.perf.metrics.SampleSink;
import io.bookstore.perf.results.facts.MachineFacts;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.Command;
import io.bookstore.testing.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * Measures how far the client's time to first token, and each gap between two pieces, are from when the simulator has sent them,
 * while 1,000 streams are open. System properties: {@code bench.runs} (3), {@code bench.streams} (1000).
 */
final class StreamTimingBenchmark {

    private static final int RUNS = Integer.getInteger("bench.runs", 3);
    private static final int STREAMS = Integer.getInteger("bench.streams", 1_000);
    private static final int SECONDS = 20;
    private static final int RAMP_SECONDS = 20;
    // Until the JIT has compiled most of it, and the streams have spread.
    private static final int WARM_UP_SECONDS = 35;
    private static final double MOST_MS = 5;
    private static final Path folder = Path.of("target", "bench");
    private static final Path PERF_JAR = Checkout.root().resolve("perf-scenarios/target/perf.jar");

    private static final ObjectMapper json = new ObjectMapper();
    private static final HttpClient http = HttpClient.newHttpClient();

    private static final String DESCRIPTOR = """
            name: streams
            baseUrl: http://localhost:9
            paid: false
            health: { method: GET, path: /health }
            headers: { Authorization: Bearer any }
            items: { values: [{ title: Emma, author: Jane Austen }] }
            operations:
              streamedSummary:
                method: POST
                path: /v1/chat/completions
                timeout: 60s
                headers: { X-Request-Id: "{requestId}" }
                body: { model: gpt-4o, stream: true, messages: [{ role: user, content: "Summarise {title} by {author}." }] }
                stream: { format: sse, text: choices.0.delta.content, end: "[DONE]" }
            """;

    private static final String SCRIPT = """
            import exec from 'k6/execution';
            import { summarize } from '%1$s/llm.js';
            import { prepare } from '%1$s/prepare.js';
            export const options = {
              scenarios: {
                streams: {
                  executor: 'ramping-vus',
                  stages: [{ duration: '%3$ds', target: %2$d }, { duration: '%4$ds', target: %2$d }],
                  gracefulRampDown: '0s',
                },
              },
            };
            export const setup = prepare;
            export default function ({ items }) {
              summarize(items[0], { requestId: `r${exec.scenario.iterationInTest}` });
            }
            """.formatted(
                    Checkout.scripts().resolve("lib"), STREAMS, RAMP_SECONDS, WARM_UP_SECONDS + SECONDS - RAMP_SECONDS);

    /** No slots, which would let only 64 of the streams run at once; everything else is sonnet-class. */
    private static final String UNBOUNDED = "{\"profile\":{\"name\":\"unbounded\",\"base\":\"sonnet-class\","
            + "\"serving\":{\"slots\":0,\"queue\":0,\"loadFactor\":1}}}";

    private StreamTimingBenchmark() {}

    /** The distances of one run in milliseconds, sorted. */
    private record Distances(List<Double> firstTokens, List<Double> gaps, String problem) {}

    @SuppressWarnings("SystemOut") // the table is for a person
    public static void main(String[] arguments) throws Exception {
        // That of the tests, whose listener is not here: a busy machine needs more than ten seconds for a start.
        Awaitility.setDefaultTimeout(Duration.ofMinutes(4));
        Files.createDirectories(folder);
        List<Distances> runs = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            runs.add(measure(folder.resolve("streams-" + run)));
        }
        MachineFacts machine = MachineFacts.current();
        String table = String.format(
                        Locale.ROOT,
                        "%s, %d processors, JDK %s, %s; median of %d runs (smallest to largest)%n%n"
                                + "| %,d streams at a time | Target | Result |%n|---|---|---|%n",
                        machine.os(),
                        machine.processors(),
                        machine.jdk(),
                        LocalDate.now(ZoneOffset.UTC),
                        RUNS,
                        STREAMS)
                + row("time to first token, distance from the journal, p99", runs.stream().map(Distances::firstTokens).toList(), 0.99)
                + row("each gap between pieces, distance from the journal, p99", runs.stream().map(Distances::gaps).toList(), 0.99)
                + row("time to first token, p50", runs.stream().map(Distances::firstTokens).toList(), 0.5)
                + row("each gap between pieces, p50", runs.stream().map(Distances::gaps).toList(), 0.5)
                + "%n%d streams and %d gaps were compared.%n".formatted(
                        runs.stream().mapToInt(each -> each.firstTokens().size()).sum(),
                        runs.stream().mapToInt(each -> each.gaps().size()).sum())
                + runs.stream().map(Distances::problem).collect(Collectors.joining("\n"));
        Files.writeString(folder.resolve("stream-timing.md"), table);
        System.out.println(table);
    }

    private static String row(String name, List<List<Double>> runs, double quantile) {
        List<Double> values = runs.stream()
                .map(sorted -> sorted.get((int) Math.min(sorted.size() - 1L, Math.round(quantile * sorted.size()))))
                .sorted()
                .toList();
        String target = quantile > 0.9 ? String.format(Locale.ROOT, "≤ %.0f ms", MOST_MS) : "";
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.2f ms (%.2f to %.2f) |%n",
                name,
                target,
                values.get(values.size() / 2),
                values.get(0),
                values.get(values.size() - 1));
    }

    private static Distances measure(Path output) throws Exception {
        Files.createDirectories(output);
        Path script = Files.writeString(output.resolve("streams.js"), SCRIPT);
        Path target = Files.writeString(output.resolve("streams.yml"), DESCRIPTOR);
        try (ServerProcess simulator = simulator(output.resolve("simulator.log"))) {
            send(simulator, "PUT", "/admin/config", UNBOUNDED);
            Command.Result run = run(script, target, simulator.baseUrl(), output);
            return compare(run, output, send(simulator, "GET", "/admin/journal", ""));
        }
    }

    /** The packaged runner, with the JVM that it chooses for itself: what a user's figures come from. */
    private static Command.Result run(Path script, Path target, URI baseUrl, Path output) {
        return Command.of(Command.JAVA, "-jar", PERF_JAR.toString(), "run", script.toAbsolutePath().toString())
                .and("--base-url", baseUrl.toString(), "--target", target.toAbsolutePath().toString())
                .and("--engine", "embedded", "--out", output.toAbsolutePath().toString())
                .run();
    }

    private static ServerProcess simulator(Path log) {
        return ServerProcess.start(
                port -> new ServerProcess.Launch(
                        Command.of(Path.of(System.getProperty("java.home"), "bin", "java").toString())
                                // Those of a plain java -jar, see the simulator's docs/speed.md.
                                .and("-XX:+UseParallelGC", "-Xms640m", "-Xmx640m", "-Xmn24m")
                                .and("-XX:MaxTenuringThreshold=1", "-XX:-UseAdaptiveSizePolicy")
                                .and("-cp", System.getProperty("java.class.path"), "io.bookstore.simulator.Main")
                                .and("--profile", "sonnet-class", "--port", String.valueOf(port)),
                        URI.create("http://127.0.0.1:" + port + "/health")),
                log);
    }

    private static String send(ServerProcess server, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.baseUrl().resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(method + " " + path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    /** Compares the streams that began when all were open, and came to their end. */
    private static Distances compare(Command.Result run, Path output, String journal) throws IOException {
        Map<String, Double> firstTokens = new HashMap<>();
        Map<String, List<Double>> gaps = new HashMap<>();
        SampleReader.read(EngineRequest.samplesIn(output), new SampleSink() {
            @Override
            public void metric(Metric announced) {}

            @Override
            public void sample(Sample sample) {
                if (sample.metric().equals("llm_ttft")) {
                    firstTokens.put(id(sample), sample.value());
                } else if (sample.metric().equals("llm_chunk_gap")) {
                    gaps.computeIfAbsent(id(sample), id -> new ArrayList<>()).add(sample.value());
                }
            }
        });
        List<JsonNode> attempts = new ArrayList<>();
        for (String line : journal.lines().toList()) {
            attempts.add(json.readTree(line));
        }
        Instant begin = attempts.stream().map(StreamTimingBenchmark::time).min(Instant::compareTo).orElseThrow();
        Instant warm = begin.plus(Duration.ofSeconds(WARM_UP_SECONDS));
        List<Double> ofFirstTokens = new ArrayList<>();
        List<Double> ofGaps = new ArrayList<>();
        for (JsonNode attempt : attempts) {
            JsonNode sent = attempt.path("actualChunksMs");
            String id = attempt.path("requestKey").asText();
            List<Double> seen = gaps.getOrDefault(id, List.of());
            if (time(attempt).isBefore(warm) || !firstTokens.containsKey(id) || seen.size() + 1 != sent.size()) {
                continue;
            }
            ofFirstTokens.add(Math.abs(firstTokens.get(id) - sent.get(0).asDouble()));
            for (int i = 0; i < seen.size(); i++) {
                double gap = sent.get(i + 1).asDouble() - sent.get(i).asDouble();
                ofGaps.add(Math.abs(seen.get(i) - gap));
            }
        }
        if (ofFirstTokens.isEmpty()) {
            throw new IllegalStateException("no stream was complete after the warm-up: " + run.tail());
        }
        Collections.sort(ofFirstTokens);
        Collections.sort(ofGaps);
        // An invalid run says so in its first lines, and why.
        return new Distances(ofFirstTokens, ofGaps, run.exitCode() == 0 ? "" : run.tail());
    }

    private static Instant time(JsonNode attempt) {
        return Instant.parse(attempt.path("time").asText());
    }

    private static String id(Sample sample) {
        return sample.metadata().getOrDefault("request_id", "");
    }
}
