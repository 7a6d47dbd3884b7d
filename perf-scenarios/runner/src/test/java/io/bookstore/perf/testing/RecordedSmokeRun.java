package io.bookstore.perf.testing;

import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.MetricType;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.SampleSink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Three minutes of summaries by one and two users, as if they had been measured; the same every time. */
public final class RecordedSmokeRun {

    public static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private static final int SECONDS = 180;

    private final Random random = new Random(7);
    private final SampleSink sink;

    private RecordedSmokeRun(SampleSink sink) {
        this.sink = sink;
    }

    public static RunPlan plan() {
        return new RunPlan(List.of(new RunPlan.Scenario(
                "llm_smoke",
                "ramping-vus",
                Duration.ZERO,
                Duration.ofSeconds(SECONDS),
                1,
                List.of(
                        new RunPlan.Stage(Duration.ofSeconds(30), 1),
                        new RunPlan.Stage(Duration.ofSeconds(120), 2),
                        new RunPlan.Stage(Duration.ofSeconds(30), 0)),
                2,
                240)));
    }

    public static void playTo(SampleSink sink) {
        new RecordedSmokeRun(sink).play();
    }

    private void play() {
        Stream.concat(SampleLines.builtInMetrics(), llmMetrics()).forEach(sink::metric);
        request(START.plusMillis(20), "health", 200, 12, Map.of("group", "::setup"));
        request(START.plusMillis(45), "items", 200, 20, Map.of("group", "::setup"));
        for (int second = 0; second < SECONDS; second++) {
            Instant now = START.plusSeconds(second);
            double vus = second < 30 ? 1 : second < 165 ? 2 : 1;
            sample("vus", now, vus, Map.of());
            sample("vus_max", now, 2, Map.of());
            if (second % 4 == 0) {
                summary(now.plusMillis(random.nextInt(900)));
            }
            if (second % 9 == 5 && vus == 2) {
                summary(now.plusMillis(random.nextInt(900)));
            }
        }
    }

    private void summary(Instant start) {
        double ttft = 520 * Math.exp(0.35 * random.nextGaussian());
        int tokens = 80 + random.nextInt(70);
        double provider = ttft + tokens * 13.5;
        double response = provider + 4 + random.nextDouble() * 5;
        boolean limited = random.nextInt(25) == 0;
        Instant end = start.plusMillis(limited ? 40 : Math.round(response));
        Map<String, String> tags = Map.of("scenario", "llm_smoke", "operation_type", "llm", "group", "");
        request(end, "summary", limited ? 429 : 200, limited ? 38 : response, tags);
        sample("checks", end, limited ? 0 : 1, with(tags, "check", "summary answered 200"));
        sample("checks", end, limited ? 0 : 1, with(tags, "check", "summary has a text"));
        sample("llm_errors", end, limited ? 1 : 0, tags);
        sample("llm_response_time", end, limited ? 38 : response, tags);
        sample("iterations", end, 1, tags);
        sample("data_received", end, 1200, tags);
        if (!limited) {
            sample("llm_operations", end, 1, tags);
            sample("llm_ttft", end, ttft, tags);
            sample("llm_provider_time", end, provider, tags);
            sample("llm_app_overhead", end, response - provider, tags);
            sample("llm_input_tokens", end, 45, tags);
            sample("llm_output_tokens", end, tokens, tags);
            sample("llm_cost_usd", end, 45 * 3e-6 + tokens * 15e-6, tags);
        }
    }

    private void request(Instant end, String name, int status, double duration, Map<String, String> tags) {
        Map<String, String> all = with(with(tags, "name", name), "status", String.valueOf(status));
        if (status >= 400) {
            all = with(all, "error_code", String.valueOf(1000 + status));
        }
        sample("http_reqs", end, 1, all);
        sample("http_req_duration", end, duration, all);
        sample("http_req_failed", end, status >= 400 ? 1 : 0, all);
    }

    private void sample(String metric, Instant time, double value, Map<String, String> tags) {
        sink.sample(new Sample(metric, time, value, tags));
    }

    private static Map<String, String> with(Map<String, String> tags, String key, String value) {
        Map<String, String> more = new TreeMap<>(tags);
        more.put(key, value);
        return more;
    }

    private static Stream<Metric> llmMetrics() {
        return Stream.of(
                new Metric("llm_errors", MetricType.RATE, "default"),
                new Metric("llm_operations", MetricType.COUNTER, "default"),
                new Metric("llm_response_time", MetricType.TREND, "time"),
                new Metric("llm_ttft", MetricType.TREND, "time"),
                new Metric("llm_provider_time", MetricType.TREND, "time"),
                new Metric("llm_app_overhead", MetricType.TREND, "time"),
                new Metric("llm_input_tokens", MetricType.COUNTER, "default"),
                new Metric("llm_output_tokens", MetricType.COUNTER, "default"),
                new Metric("llm_cost_usd", MetricType.COUNTER, "default"));
    }
}
