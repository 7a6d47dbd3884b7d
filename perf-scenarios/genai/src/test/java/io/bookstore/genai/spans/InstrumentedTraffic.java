package io.bookstore.genai.spans;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Attempt;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * A client that streams from a running simulator and measures its calls with llm-instrumentation: status and tokens as they
 * come over HTTP, on a clock that goes as the simulator had planned, so that a busy machine does not count.
 */
final class InstrumentedTraffic {

    private static final int AT_ONCE = 48;
    private static final int SPANS_PER_EXPORT = 64;
    private static final long START = 1_790_000_000_000_000_000L;
    private static final long APART = 20_000_000_000L;
    private static final Pattern usage = Pattern.compile("\"prompt_tokens\":(\\d+),\"completion_tokens\":(\\d+)");

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final SimulatorServer simulator;
    private long now = START;

    private InstrumentedTraffic(SimulatorServer simulator) {
        this.simulator = simulator;
    }

    /** Makes calls, and writes their spans as a collector's file exporter does, compressed. */
    static void write(SimulatorServer simulator, int calls, Path file) throws Exception {
        InstrumentedTraffic traffic = new InstrumentedTraffic(simulator);
        export(traffic.spans(traffic.answers(calls)), file);
    }

    private List<HttpResponse<String>> answers(int calls) throws Exception {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Semaphore free = new Semaphore(AT_ONCE);
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            free.acquire();
            answers.add(http.sendAsync(request(i), BodyHandlers.ofString())
                    .whenComplete((answer, failure) -> free.release()));
        }
        List<HttpResponse<String>> whole = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            whole.add(answer.get());
        }
        return whole;
    }

    private HttpRequest request(int call) {
        String prompt = "word ".repeat(1 + call * 37 % 3_000);
        return HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/v1/chat/completions"))
                .header("Authorization", "Bearer any")
                .header("Content-Type", "application/json")
                .header("X-Request-Id", key(call))
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"gpt-4o\",\"stream\":true,\"stream_options\":{"
                        + "\"include_usage\":true},\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]}"))
                .build();
    }

    private static String key(int call) {
        return "planted-" + call;
    }

    private List<SpanData> spans(List<HttpResponse<String>> answers) {
        Map<String, Attempt> planned = new HashMap<>();
        simulator.journal().attempts().forEach(each -> planned.put(each.key().requestKey(), each));
        OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setClock(clock())
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .build();
        try (sdk) {
            GenAiTelemetry telemetry =
                    GenAiTelemetry.builder(sdk).nanoTime(() -> now).build();
            for (int i = 0; i < answers.size(); i++) {
                now = START + i * APART;
                measure(telemetry, answers.get(i), planned.get(key(i)));
            }
            return spans.getFinishedSpanItems();
        }
    }

    private void measure(GenAiTelemetry telemetry, HttpResponse<String> answer, Attempt attempt) {
        long start = now;
        Inference call = telemetry.start(
                InferenceRequest.chat("openai", "gpt-4o").streaming(true).build());
        Matcher tokens = usage.matcher(answer.body());
        if (answer.statusCode() != 200 || !tokens.find()) {
            call.attemptFailed(ErrorType.OVERLOADED, answer.statusCode(), null);
            call.fail(new IllegalStateException("HTTP " + answer.statusCode()), ErrorType.OVERLOADED);
            return;
        }
        now = start + Math.round(attempt.planned().ttftMs() * 1e6);
        call.chunk();
        now = start + Math.round(attempt.planned().durationMs() * 1e6);
        call.complete(InferenceResponse.of(
                "gpt-4o-2024-08-06", TokenUsage.of(Long.valueOf(tokens.group(1)), Long.valueOf(tokens.group(2)))));
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public long now() {
                return now;
            }

            @Override
            public long nanoTime() {
                return now;
            }
        };
    }

    private static void export(List<SpanData> all, Path file) throws Exception {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (int from = 0; from < all.size(); from += SPANS_PER_EXPORT) {
                // The marshaler closes the stream that it writes to.
                ByteArrayOutputStream export = new ByteArrayOutputStream();
                TraceRequestMarshaler.create(all.subList(from, Math.min(all.size(), from + SPANS_PER_EXPORT)))
                        .writeJsonTo(export);
                out.write(export.toByteArray());
                out.write('\n');
            }
        }
    }
}
