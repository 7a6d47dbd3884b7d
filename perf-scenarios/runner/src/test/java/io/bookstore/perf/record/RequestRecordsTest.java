package io.bookstore.perf.record;

import static io.bookstore.perf.record.WrittenRecords.onlyLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Attempt;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sources over their real wires: OTLP over HTTP, the simulator's journal, and the file that comes of them. */
class RequestRecordsTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recordHasSpanAndJournalOfItsRequest(boolean compressed) throws Exception {
        try (SimulatorServer simulator = SimulatorServer.start(
                        SimulatorConfig.defaults().withPort(0).withProfile("zero"));
                SpanReceiver receiver = SpanReceiver.start(0)) {
            ask(simulator, "before-the-run");
            RequestRecords records = RequestRecords.open(
                    folder, receiver, new RequestRecords.Simulator(simulator.baseUrl(), 1), request -> {});

            // when
            ask(simulator, "r-1");
            Attempt attempt = simulator.journal().attempts().get(1);
            Instant end = attempt.time().plusMillis(600);
            for (String metric : List.of("http_req_duration", "http_req_receiving")) {
                records.sample(new Sample(
                        metric,
                        end,
                        metric.equals("http_req_duration") ? 1000 : 1,
                        Map.of("name", "summary", "operation_type", "llm", "status", "200", "scenario", "s"),
                        Map.of("trace_id", TRACE, "request_id", "r-1")));
            }
            assertThat(export(receiver, spans(attempt.time(), end), compressed)).isEqualTo(200);
            records.finish();

            // then
            JsonNode record = onlyLine(folder);
            assertThat(record.path("traceId").asText()).isEqualTo(TRACE);
            assertThat(record.path("requestId").asText()).isEqualTo("r-1");
            assertThat(record.path("kind").asText()).isEqualTo("LLM");
            assertThat(record.path("start").asText())
                    .isEqualTo(end.minusMillis(1000).toString());
            assertThat(record.at("/timing/firstByteMs").asDouble()).isEqualTo(999);
            assertThat(record.at("/answer/inputTokens").asLong()).isEqualTo(45);
            assertThat(record.path("attempts")).hasSize(1);
            assertThat(record.at("/attempts/0/status").asInt()).isEqualTo(200);
            assertThat(record.at("/parts/networkMs").asDouble()).isEqualTo(10);
            assertThat(record.at("/parts/queueMs").asDouble()).isEqualTo(1.5);
            assertThat(record.at("/parts/providerMs").asDouble())
                    .isEqualTo(Micros.rounded(attempt.actual().durationMs()));
            assertThat(record.at("/parts/backoffMs").asDouble(-1)).isZero();
            assertThat(record.path("parts").has("unknown")).isFalse();
            assertThat(records.summary().slowest()).hasSize(1);
            assertThat(records.summary().parts()).hasSize(5);
        }
    }

    /** The JDK's client forgets an interruption that comes while it waits for a body, and a run must end nevertheless. */
    @Test
    void runEndsWhileTheJournalIsBeingRead() throws Exception {
        HttpServer simulator = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        simulator.setExecutor(task -> new Thread(task).start());
        simulator.createContext("/admin/journal", exchange -> {
            boolean first = asked.getCount() == 1;
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            asked.countDown();
            if (first) {
                awaitQuietly(end);
            }
            exchange.close();
        });
        simulator.start();
        try {
            URI url = URI.create("http://127.0.0.1:" + simulator.getAddress().getPort());
            RequestRecords records =
                    RequestRecords.open(folder, null, new RequestRecords.Simulator(url, 0), request -> {});
            await().until(() -> isAt("sweepAndPoll", "readLine"));

            CompletableFuture<Void> finished = CompletableFuture.runAsync(() -> finish(records));
            // A newer JDK hears the interruption, and has finished by then.
            await().until(() -> finished.isDone() || isAt("stopRounds", "join"));
            end.countDown();
            finished.get();

            assertThat(records.summary().slowest()).isEmpty();
        } finally {
            end.countDown();
            simulator.stop(0);
        }
    }

    private static void finish(RequestRecords records) {
        try {
            records.finish();
        } catch (InterruptedException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns whether a thread is in these methods. */
    private static boolean isAt(String... methods) {
        return Thread.getAllStackTraces().values().stream()
                .anyMatch(frames -> Arrays.stream(frames)
                        .map(StackTraceElement::getMethodName)
                        .toList()
                        .containsAll(List.of(methods)));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(SimulatorServer simulator, String requestId) throws IOException, InterruptedException {
        http.send(
                HttpRequest.newBuilder(simulator.baseUrl().resolve("/v1/chat/completions"))
                        .header("x-request-id", requestId)
                        .header("authorization", "Bearer none")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static ExportTraceServiceRequest spans(Instant arrival, Instant end) {
        Span server = span("POST /summary", Span.SpanKind.SPAN_KIND_SERVER, end.minusMillis(995), end.plusMillis(-5))
                .addAttributes(KeyValue.newBuilder()
                        .setKey("llm.queue_ms")
                        .setValue(AnyValue.newBuilder().setDoubleValue(1.5)))
                .build();
        Span model = span("chat gpt-4o", Span.SpanKind.SPAN_KIND_CLIENT, arrival.minusMillis(5), end.minusMillis(10))
                .addAttributes(text("gen_ai.operation.name", "chat"))
                .addAttributes(whole("llm.attempts", 1))
                .addAttributes(whole("gen_ai.usage.input_tokens", 45))
                .build();
        ExportTraceServiceRequest.Builder export = ExportTraceServiceRequest.newBuilder();
        export.addResourceSpansBuilder().addScopeSpansBuilder().addSpans(server).addSpans(model);
        return export.build();
    }

    private static Span.Builder span(String name, Span.SpanKind kind, Instant start, Instant end) {
        return Span.newBuilder()
                .setName(name)
                .setKind(kind)
                .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(TRACE)))
                .setSpanId(ByteString.copyFromUtf8(name.substring(0, 8)))
                .setStartTimeUnixNano(start.getEpochSecond() * 1_000_000_000 + start.getNano())
                .setEndTimeUnixNano(end.getEpochSecond() * 1_000_000_000 + end.getNano());
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static KeyValue whole(String key, long value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setIntValue(value))
                .build();
    }

    private int export(SpanReceiver receiver, ExportTraceServiceRequest spans, boolean compressed) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(receiver.endpoint() + "/v1/traces"))
                .header("Content-Type", "application/x-protobuf");
        byte[] body = spans.toByteArray();
        if (compressed) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(body);
            }
            body = bytes.toByteArray();
            request.header("Content-Encoding", "gzip");
        }
        return http.send(
                        request.POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
