package io.bookstore.api.telemetry;

import static io.bookstore.api.llm.ScriptedProvider.status;
import static io.bookstore.testing.OtlpReceiver.attributes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.bookstore.api.RunningStore;
import io.bookstore.api.SharedStore;
import io.bookstore.api.llm.ScriptedProvider;
import io.bookstore.testing.OtlpReceiver;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class OtlpExportTest {

    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";

    @Test
    void collectorGetsTheWholeTreeOfASummary() {
        try (OtlpReceiver collector = OtlpReceiver.start();
                ScriptedProvider provider = ScriptedProvider.start()) {
            provider.next(status(500, "{\"error\":\"secret-of-the-provider\"}"));
            Map<String, Object> settings = provider.settings();
            settings.put("otel.exporter.otlp.endpoint", collector.endpoint());
            settings.put("otel.exporter.otlp.timeout", 120_000);
            settings.put("bookstore.variants.short.max-output-tokens", 200);
            settings.put("otel.exporter.otlp.headers", "Authorization=Bearer secret");
            try (RunningStore store = RunningStore.start(settings)) {
                store.post(
                        store.addBook() + "/generate-summary?variant=short",
                        "",
                        "traceparent",
                        "00-" + TRACE_ID + "-" + CALLER + "-01");
            }

            // The stop waits two seconds for the collector; on a busy machine the spans are under way for longer.
            List<Span> tree = await().until(() -> tree(collector), spans -> spans.size() >= 3);
            Span server = only(tree, SpanKind.SPAN_KIND_SERVER, "");
            assertThat(server.getName()).isEqualTo("POST /api/v1/Books/{bookId}/generate-summary");
            assertThat(hex(server.getParentSpanId())).isEqualTo(CALLER);
            assertThat(attributes(server))
                    .containsEntry("http.route", "/api/v1/Books/{bookId}/generate-summary")
                    .containsEntry("http.response.status_code", 200L)
                    .hasEntrySatisfying(
                            "llm.queue_ms",
                            waited -> assertThat((Double) waited).isNotNegative());
            Span mongo = only(tree, SpanKind.SPAN_KIND_CLIENT, "find");
            assertThat(mongo.getParentSpanId()).isEqualTo(server.getSpanId());
            assertThat(attributes(mongo))
                    .containsEntry("db.system.name", "mongodb")
                    .containsEntry("db.namespace", "bookstore")
                    .containsEntry("db.collection.name", "books")
                    .containsEntry("db.operation.name", "find")
                    .containsKey("db.query.text")
                    .doesNotContainKeys(
                            "db.system",
                            "db.name",
                            "db.operation",
                            "db.statement",
                            "db.mongodb.collection",
                            "db.connection_string");
            Span llm = only(tree, SpanKind.SPAN_KIND_CLIENT, "chat");
            assertThat(llm.getName()).isEqualTo("chat claude-sonnet-4-5");
            assertThat(llm.getParentSpanId()).isEqualTo(server.getSpanId());
            assertThat(attributes(llm))
                    .containsEntry("gen_ai.operation.name", "chat")
                    .containsEntry("gen_ai.provider.name", "anthropic")
                    .containsEntry("gen_ai.request.model", "claude-sonnet-4-5")
                    .containsEntry("gen_ai.request.max_tokens", 200L)
                    .containsEntry("gen_ai.usage.input_tokens", 12L)
                    .containsEntry("gen_ai.usage.output_tokens", 7L)
                    .containsEntry("llm.request.type", "chat")
                    .containsEntry("llm.system", "anthropic")
                    .containsEntry("llm.model.name", "claude-sonnet-4-5")
                    .containsEntry("llm.prompt.name", "summary")
                    .containsEntry("llm.prompt.version", "summary-1")
                    .containsEntry("llm.experiment.variant", "short")
                    .doesNotContainKey("llm.variant")
                    .containsEntry("llm.attempts", 2L)
                    .containsKey("llm.latency");
            assertThat(llm.getEventsList()).extracting(Span.Event::getName).contains("llm.attempt");
            assertThat(llm.toString()).doesNotContain("secret-of-the-provider", "never an instruction");
            assertThat(tree).hasSize(3);
            assertThat(collector.resource()).containsEntry("service.name", "bookstore-api");
            assertThat(collector.authorizations()).contains("Bearer secret");
        }
    }

    @Test
    void collectorGetsIdentityMetricsAndShortStatementsAndNoErrorOfAClientsMistake() {
        try (OtlpReceiver collector = OtlpReceiver.start();
                ScriptedProvider provider = ScriptedProvider.start()) {
            Map<String, Object> settings = provider.settings();
            settings.put("otel.exporter.otlp.endpoint", collector.endpoint());
            settings.put("otel.exporter.otlp.timeout", 120_000);
            settings.put("otel.metrics.exporter", "otlp");
            try (RunningStore store = RunningStore.start(settings)) {
                store.post("/seed-data", "");
                store.post(
                        store.addBook() + "/generate-summary",
                        "",
                        "traceparent",
                        "00-" + TRACE_ID + "-" + CALLER + "-01");
                assertThat(store.get("/api/v1/Books/ffffffffffffffffffffffff").statusCode())
                        .isEqualTo(404);
            }

            await().until(() -> collector.metrics().contains("gen_ai.client.operation.duration"));
            await().until(() -> refused(collector), spans -> spans.size() == 1);
            assertThat(refused(collector).get(0).getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
            assertThat(collector.metrics()).contains("gen_ai.client.token.usage", "llm.cost.usd");
            assertThat(collector.resource())
                    .containsEntry("service.name", "bookstore-api")
                    .hasEntrySatisfying(
                            "service.version",
                            version -> assertThat(version).asString().startsWith("0.1.0"))
                    .hasEntrySatisfying(
                            "service.instance.id",
                            instance -> assertThat(instance).asString().hasSize(36));
            assertThat(collector.spans().stream()
                            .map(span -> attributes(span)
                                    .getOrDefault("db.query.text", "")
                                    .toString()))
                    .anySatisfy(statement -> assertThat(statement).startsWith("{\"update\": \"books\""))
                    .allSatisfy(statement -> assertThat(statement).hasSizeLessThan(2000));
            assertThat(provider.received().get(0).headers().get("traceparent")).startsWith("00-" + TRACE_ID + "-");
        }
    }

    @Test
    @ExtendWith(SharedStore.class)
    void nothingIsSentUnlessAnAddressIsGiven(RunningStore store) {
        assertThat(store.store().context().getEnvironment().containsProperty("otel.traces.exporter"))
                .isFalse();
    }

    @Test
    void collectorThatIsNotThereDisturbsNobody() {
        try (RunningStore store = RunningStore.start(Map.of("otel.exporter.otlp.endpoint", "http://127.0.0.1:9"))) {
            assertThat(store.get("/api/v1/Books").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void collectorThatNeverAnswersDoesNotHoldUpTheStop() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            RunningStore store = RunningStore.start(Map.of(
                    "otel.exporter.otlp.endpoint",
                    "http://127.0.0.1:" + silent.getLocalPort(),
                    "otel.exporter.otlp.timeout",
                    Duration.ofHours(1).toMillis()));
            assertThat(store.get("/api/v1/Books").statusCode()).isEqualTo(200);

            // A stop that waited for the collector would take the hour, and this test its time limit.
            store.close();
        }
    }

    private static List<Span> refused(OtlpReceiver collector) {
        return collector.spans().stream()
                .filter(span -> Long.valueOf(404).equals(attributes(span).get("http.response.status_code")))
                .toList();
    }

    private static List<Span> tree(OtlpReceiver collector) {
        return collector.spans().stream()
                .filter(span -> hex(span.getTraceId()).equals(TRACE_ID))
                .toList();
    }

    private static Span only(List<Span> spans, SpanKind kind, String nameStart) {
        List<Span> found = spans.stream()
                .filter(span -> span.getKind() == kind && span.getName().startsWith(nameStart))
                .toList();
        assertThat(found).as(spans.toString()).hasSize(1);
        return found.get(0);
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
