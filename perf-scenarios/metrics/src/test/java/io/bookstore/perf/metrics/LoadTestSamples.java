package io.bookstore.perf.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The samples of {@code ai-load} as the engine hands them over: the metrics, tags and metadata of a real run, with drawn times and values. */
final class LoadTestSamples {

    private static final List<String> PHASES =
            List.of("blocked", "connecting", "tls_handshaking", "sending", "waiting");
    private static final List<String> CHECKS =
            List.of("summary answered 200", "summary has a text", "summary tells its tokens");
    private static final Map<String, String> PLAIN = Map.of("group", "", "scenario", "llm_load");
    private static final Map<String, String> REQUEST = Map.of(
            "expected_response", "true",
            "group", "",
            "method", "POST",
            "name", "summary",
            "operation_type", "llm",
            "proto", "HTTP/1.1",
            "scenario", "llm_load",
            "status", "200",
            "url", "summary");
    private static final List<Map<String, String>> CHECK_TAGS = CHECKS.stream()
            .map(check -> Map.of("check", check, "group", "", "scenario", "llm_load"))
            .toList();

    private final SplittableRandom random;
    private final List<Sample> samples = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-30T20:14:46.371850440Z");

    private LoadTestSamples(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** The samples of so many requests, two a second. */
    static List<Sample> of(int requests, long seed) {
        LoadTestSamples load = new LoadTestSamples(seed);
        Map<String, String> vus = Map.of();
        Map<String, String> before = load.metadata(0);
        for (int i = 1; i <= requests; i++) {
            Map<String, String> metadata = load.metadata(i);
            load.request(metadata);
            load.pass(200_000_000);
            load.iteration(before);
            before = metadata;
            if (i % 2 == 0) {
                load.add("vus", 5, vus, Map.of());
                load.add("vus_max", 5, vus, Map.of());
            }
            load.pass(300_000_000);
        }
        return load.samples;
    }

    /** Writes as the engine does, with a flush every two seconds. */
    static byte[] compressed(Path file, List<Sample> samples) throws IOException {
        Instant flushed = samples.get(0).time();
        try (GroupedSampleWriter writer = new GroupedSampleWriter(SampleFile.compressed(file))) {
            for (Sample sample : samples) {
                if (sample.time().isAfter(flushed.plusSeconds(2))) {
                    writer.flush();
                    flushed = sample.time();
                }
                writer.write(sample);
            }
        }
        return Files.readAllBytes(file);
    }

    private Map<String, String> metadata(int number) {
        return Map.of(
                "input", "%08x".formatted(random.nextInt()),
                "request_id", "llm_load-" + number,
                "trace_id", "%016x%016x".formatted(random.nextLong(), random.nextLong()));
    }

    private void request(Map<String, String> metadata) {
        double durationMs = 1_500 + random.nextInt(3_000_000) / 1e3 + random.nextInt(1_000) / 1e6;
        int tokens = 80 + random.nextInt(100);
        add("http_reqs", 1, REQUEST, metadata);
        add("http_req_duration", durationMs, REQUEST, metadata);
        for (String phase : PHASES) {
            double millis = phase.endsWith("ing") && !phase.equals("sending") ? 0 : random.nextInt(120_000) / 1e6;
            add("http_req_" + phase, phase.equals("waiting") ? durationMs - 0.3 : millis, REQUEST, metadata);
        }
        add("http_req_receiving", 0.2 + random.nextInt(300_000) / 1e6, REQUEST, metadata);
        add("http_req_failed", 0, REQUEST, metadata);
        pass(800_000 + random.nextInt(200_000));
        CHECK_TAGS.forEach(tags -> later("checks", 1, tags, metadata));
        later("llm_errors", 0, PLAIN, metadata);
        later("llm_response_time", durationMs, PLAIN, metadata);
        later("llm_operations", 1, PLAIN, metadata);
        later("llm_concurrent_requests", 1 + random.nextInt(5), PLAIN, metadata);
        later("llm_input_tokens", 130 + random.nextInt(12), PLAIN, metadata);
        later("llm_output_tokens", tokens, PLAIN, metadata);
        later("llm_cost_usd", (400 + tokens * 15) / 1e6, PLAIN, metadata);
        later("llm_retries", 0, PLAIN, metadata);
        later("llm_cache_hits", 0, PLAIN, metadata);
        double providerMs = Math.round(durationMs * 100 - 1_500) / 100.0;
        later("llm_provider_time", providerMs, PLAIN, metadata);
        later("llm_app_overhead", durationMs - providerMs, PLAIN, metadata);
        later("llm_transport_time", durationMs - providerMs - 7.4, PLAIN, metadata);
        later("llm_inter_token_latency", (providerMs - 900) / tokens, PLAIN, metadata);
        later("llm_tokens_per_second", tokens / durationMs * 1_000, PLAIN, metadata);
        later("llm_ttft", 700 + random.nextInt(90_000) / 100.0, PLAIN, metadata);
    }

    private void iteration(Map<String, String> metadata) {
        add("iteration_duration", 2_500 + random.nextInt(3_000_000) / 1e3, PLAIN, metadata);
        add("iterations", 1, PLAIN, metadata);
        later("data_sent", 300, PLAIN, metadata);
        add("data_received", 1_100 + random.nextInt(300), PLAIN, metadata);
    }

    private void later(String metric, double value, Map<String, String> tags, Map<String, String> metadata) {
        pass(3_000 + random.nextInt(30_000));
        add(metric, value, tags, metadata);
    }

    private void pass(long nanos) {
        now = now.plusNanos(nanos);
    }

    private void add(String metric, double value, Map<String, String> tags, Map<String, String> metadata) {
        samples.add(new Sample(metric, now, value, tags, metadata));
    }
}
