package io.bookstore.perf.bench;

import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.MetricType;
import io.bookstore.perf.metrics.Sample;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The samples of a long run: requests to a model, and as many plain ones, with the metrics and metadata of the kit's scripts. */
final class LargeRun {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long REQUEST_NANOS = 20_000_000;
    private static final List<String> PHASES =
            List.of("duration", "blocked", "connecting", "tls_handshaking", "sending", "waiting", "receiving");
    private static final List<String> CHECKS =
            List.of("summary answered 200", "summary has a text", "summary tells its tokens");
    private static final List<String> TIMES = List.of(
            "llm_response_time",
            "llm_provider_time",
            "llm_app_overhead",
            "llm_transport_time",
            "llm_inter_token_latency",
            "llm_tokens_per_second",
            "llm_ttft");
    private static final List<String> COUNTS =
            List.of("llm_operations", "llm_input_tokens", "llm_output_tokens", "llm_cost_usd", "llm_retries");
    private static final Map<String, String> PLAIN = Map.of("group", "", "scenario", "load");

    private final SplittableRandom random = new SplittableRandom(1);
    private final Samples sink;
    private final long most;
    private long written;
    private Instant now = START;

    private LargeRun(Samples sink, long samples) {
        this.sink = sink;
        this.most = samples;
    }

    interface Metrics {
        void write(Metric metric) throws IOException;
    }

    interface Samples {
        void write(Sample sample) throws IOException;
    }

    /** @return the number of requests */
    static long write(long samples, Metrics metrics, Samples sink) throws IOException {
        for (Map.Entry<String, MetricType> metric : metrics().entrySet()) {
            boolean time = metric.getValue() == MetricType.TREND;
            metrics.write(new Metric(metric.getKey(), metric.getValue(), time ? "time" : "default"));
        }
        LargeRun run = new LargeRun(sink, samples);
        long requests = 0;
        while (run.written < run.most) {
            run.request(requests++);
        }
        return requests;
    }

    private static Map<String, MetricType> metrics() {
        Map<String, MetricType> metrics = new LinkedHashMap<>();
        metrics.put("http_reqs", MetricType.COUNTER);
        PHASES.forEach(phase -> metrics.put("http_req_" + phase, MetricType.TREND));
        metrics.put("http_req_failed", MetricType.RATE);
        metrics.put("checks", MetricType.RATE);
        metrics.put("llm_errors", MetricType.RATE);
        TIMES.forEach(time -> metrics.put(time, MetricType.TREND));
        COUNTS.forEach(count -> metrics.put(count, MetricType.COUNTER));
        metrics.put("iteration_duration", MetricType.TREND);
        metrics.put("iterations", MetricType.COUNTER);
        metrics.put("vus", MetricType.GAUGE);
        return metrics;
    }

    private void request(long number) throws IOException {
        boolean llm = number % 2 == 0;
        now = START.plusNanos(number * REQUEST_NANOS);
        Map<String, String> metadata = metadata(number, llm);
        Map<String, String> tags = tags(llm, random.nextInt(200) == 0 ? "503" : "200");
        double millis = Math.exp(random.nextDouble() * 9);
        add("http_reqs", 1, tags, metadata);
        for (String phase : PHASES) {
            add("http_req_" + phase, phase.equals("duration") ? millis : random.nextDouble(millis), tags, metadata);
        }
        add("http_req_failed", tags.get("status").equals("200") ? 0 : 1, tags, metadata);
        if (llm) {
            answer(millis, metadata);
        }
        add("iteration_duration", millis + 1, PLAIN, metadata);
        add("iterations", 1, PLAIN, metadata);
        if (number % 50 == 0) {
            add("vus", 20, Map.of(), Map.of());
        }
    }

    private void answer(double millis, Map<String, String> metadata) throws IOException {
        for (String check : CHECKS) {
            now = now.plusNanos(4_000);
            add("checks", 1, Map.of("check", check, "group", "", "scenario", "load"), metadata);
        }
        add("llm_errors", 0, PLAIN, metadata);
        for (String time : TIMES) {
            now = now.plusNanos(4_000);
            add(time, time.equals("llm_response_time") ? millis : random.nextDouble(millis), PLAIN, metadata);
        }
        for (String count : COUNTS) {
            add(count, random.nextInt(200), PLAIN, metadata);
        }
    }

    private Map<String, String> metadata(long number, boolean llm) {
        String trace = "%016x%016x".formatted(random.nextLong(), number);
        return llm
                ? Map.of("trace_id", trace, "request_id", "load-" + number, "input", "%08x".formatted(random.nextInt()))
                : Map.of("trace_id", trace);
    }

    private static Map<String, String> tags(boolean llm, String status) {
        return Map.of(
                "name",
                llm ? "summary" : "list-books",
                "url",
                llm ? "summary" : "list-books",
                "operation_type",
                llm ? "llm" : "crud",
                "method",
                llm ? "POST" : "GET",
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

    private void add(String metric, double value, Map<String, String> tags, Map<String, String> metadata)
            throws IOException {
        if (written < most) {
            written++;
            sink.write(new Sample(metric, now, value, tags, metadata));
        }
    }
}
