package io.bookstore.perf.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.SampleFile;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sources over their real wires: OTLP over HTTP, the simulator's journal, and the file that comes of them. */
class RequestRecordsTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final ObjectMapper json = new ObjectMapper();

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
            JsonNode record = onlyLine();
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

    @Test
    void spansMayComeAsJson() throws Exception {
        String export = """
            {"resourceSpans":[{"resource":{"attributes":[]},"scopeSpans":[{"scope":{"name":"node"},"spans":[
             {"traceId":"0AF7651916CD43DD8448EB211C80319C","spanId":"b7ad6b7169203331","parentSpanId":"","name":"POST /",
              "kind":2,"startTimeUnixNano":"1795946400002000000","endTimeUnixNano":"1795946400998000000","attributes":[]},
             {"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203332","parentSpanId":"b7ad6b7169203331","kind":3,
              "startTimeUnixNano":"1795946400010000000","endTimeUnixNano":"1795946400990000000","attributes":[
               {"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},
               {"key":"gen_ai.usage.input_tokens","value":{"intValue":"45"}},
               {"key":"llm.attempts","value":{"intValue":2}},
               {"key":"llm.cost.usd","value":{"doubleValue":0.002}}],
              "events":[{"name":"llm.attempt","timeUnixNano":"1795946400031000000","attributes":[
               {"key":"http.response.status_code","value":{"intValue":"429"}}]}]}]}]}]}
            """;
        try (SpanReceiver receiver = SpanReceiver.start(0)) {
            RequestRecords records = RequestRecords.open(folder, receiver, null, request -> {});
            records.sample(new Sample(
                    "http_req_duration",
                    Instant.parse("2026-11-29T10:00:01Z"),
                    1000,
                    Map.of("operation_type", "llm", "status", "200"),
                    Map.of("trace_id", TRACE)));

            HttpResponse<String> taken =
                    post(receiver, "/v1/traces", "application/json", export.getBytes(StandardCharsets.UTF_8));
            records.finish();

            assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        }
        JsonNode record = onlyLine();
        assertThat(record.at("/parts/networkMs").asDouble()).isEqualTo(4);
        assertThat(record.at("/parts/applicationMs").asDouble()).isEqualTo(16);
        assertThat(record.at("/attempts/0/status").asInt()).isEqualTo(429);
        assertThat(record.at("/answer/inputTokens").asInt()).isEqualTo(45);
        assertThat(record.at("/answer/costUsd").asDouble()).isEqualTo(0.002);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/grpc   | {}                                                    | 415 | Spans are taken as application/x-protobuf or application/json, not as application/grpc.",
                "application/json   | no JSON                                               | 400 | The body is no export of spans: Unrecognized token",
                "application/json   | {'resourceSpans':[{'scopeSpans':[{'spans':[{'traceId':'xyz'}]}]}]} | 400 | The body is no export of spans: ",
                "application/x-protobuf | no protobuf                                       | 400 | The body is no export of spans: "
            })
    void otherFormsOfSpansAreRefusedInWords(String type, String body, int status, String sentence) throws Exception {
        try (SpanReceiver receiver = SpanReceiver.start(0)) {
            HttpResponse<String> refused =
                    post(receiver, "/v1/traces", type, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));

            assertThat(refused.statusCode()).isEqualTo(status);
            assertThat(refused.body()).contains(sentence);
        }
    }

    @Test
    void metricsAndLogsAreTakenAndDropped() throws Exception {
        try (SpanReceiver receiver = SpanReceiver.start(0)) {
            for (String path : List.of("/v1/metrics", "/v1/logs")) {
                assertThat(post(receiver, path, "application/x-protobuf", new byte[100])
                                .statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void recordTakesAtMost300BytesOfTheFile() throws Exception {
        int requests = 2_000;
        Random random = new Random(1);
        try (RecordFile file = new RecordFile(folder.resolve(RequestRecords.NAME))) {
            RequestJoin join = new RequestJoin(System::nanoTime, true, file::write);
            for (int i = 0; i < requests; i++) {
                request(join, i, random);
            }
            join.end();
        }

        assertThat(lines()).hasSize(requests);
        assertThat(Files.size(folder.resolve(RequestRecords.NAME)) / requests).isLessThanOrEqualTo(300);
    }

    @Test
    void slowestTenAndPercentilesOfEachPartAreKept() {
        RecordTally tally = new RecordTally();
        RequestJoin join = new RequestJoin(System::nanoTime, true, tally::add);
        IntStream.rangeClosed(1, 101).forEach(i -> {
            String trace = String.format("%032x", i);
            join.add(new Sample(
                    "http_req_duration",
                    Instant.EPOCH,
                    i * 10,
                    Map.of("status", "200", "operation_type", "crud"),
                    Map.of("trace_id", trace)));
            join.add(trace, new TraceSpans.Server(0, i * 1_000_000L, null));
        });
        join.end();

        RecordSummary summary = tally.summary();

        assertThat(summary.slowest())
                .extracting(request -> request.timing().endToEndMs())
                .containsExactly(1010.0, 1000.0, 990.0, 980.0, 970.0, 960.0, 950.0, 940.0, 930.0, 920.0);
        assertThat(summary.parts())
                .containsExactly(
                        new RecordSummary.PartTimes(RequestRecord.Kind.CRUD, Parts.Part.NETWORK, 101, 46359, 459, 864),
                        new RecordSummary.PartTimes(
                                RequestRecord.Kind.CRUD, Parts.Part.APPLICATION, 101, 5151, 51, 96));
    }

    private static void request(RequestJoin join, int i, Random random) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        String trace = HexFormat.of().formatHex(id);
        String key = "llm_smoke-" + i;
        long start = Instant.parse("2026-11-29T10:00:00Z").getEpochSecond() * 1_000_000_000 + i * 100_123_457L;
        long millis = 1_000_000;
        double took = 2000 + random.nextInt(1_000_000) / 1e3;
        long end = start + Math.round(took * millis);
        Map<String, String> tags = Map.of(
                "name", "summary", "operation_type", "llm", "status", "200", "scenario", "llm_smoke", "group", "");
        join.add(sample("http_req_duration", end, took, tags, trace, key));
        join.add(sample("http_req_receiving", end, random.nextInt(900) / 1e3, tags, trace, key));
        join.add(sample("llm_input_tokens", end, 45, tags, trace, key));
        join.add(sample("llm_output_tokens", end, 80 + random.nextInt(80), tags, trace, key));
        join.add(sample("llm_cost_usd", end, random.nextInt(4_000) / 1e6, tags, trace, key));
        join.add(sample("llm_cache_hits", end, 0, tags, trace, key));
        join.add(sample("llm_ttft", end, 300 + random.nextInt(400_000) / 1e3, tags, trace, key));
        join.add(trace, new TraceSpans.Server(start + random.nextInt(900_000), end - random.nextInt(900_000), 0.01));
        join.add(
                trace,
                new TraceSpans.Model(
                        "a",
                        "",
                        start + 2 * millis + random.nextInt(900_000),
                        end - 2 * millis - random.nextInt(900_000),
                        2L,
                        List.of(new TraceSpans.Failure(
                                start + 40 * millis + random.nextInt(900_000), 429, "rate_limited")),
                        new TraceSpans.Usage(null, null, null, null)));
        join.add(new JournalAttempt(key, start + 4 * millis + random.nextInt(900_000), 30 + random.nextDouble(), 429));
        join.add(new JournalAttempt(
                key, start + 300 * millis + random.nextInt(90_000_000), took - 450 + random.nextDouble(), 200));
    }

    private static Sample sample(
            String metric, long end, double value, Map<String, String> tags, String trace, String key) {
        return new Sample(
                metric, Instant.ofEpochSecond(0, end), value, tags, Map.of("trace_id", trace, "request_id", key));
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

    private HttpResponse<String> post(SpanReceiver receiver, String path, String type, byte[] body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(receiver.endpoint() + path))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode onlyLine() throws IOException {
        List<String> lines = lines();
        assertThat(lines).hasSize(1);
        return json.readTree(lines.get(0));
    }

    private List<String> lines() throws IOException {
        try (var lines = SampleFile.lines(folder.resolve(RequestRecords.NAME))) {
            return lines.lines().toList();
        }
    }
}
