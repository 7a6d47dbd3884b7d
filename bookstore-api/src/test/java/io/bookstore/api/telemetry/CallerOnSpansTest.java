package io.bookstore.api.telemetry;

import static io.bookstore.api.RunningStore.json;
import static io.bookstore.testing.OtlpReceiver.attributes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bookstore.api.RunningStore;
import io.bookstore.api.SharedStore;
import io.bookstore.testing.OtlpReceiver;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerOnSpansTest {

    @Test
    void tenantAndUserAreOnSpansAndOnNoMetric() {
        try (OtlpReceiver collector = OtlpReceiver.start()) {
            String metrics;
            try (RunningStore store = RunningStore.start(Map.of(
                    "otel.exporter.otlp.endpoint", collector.endpoint(), "otel.exporter.otlp.timeout", "120000"))) {
                HttpResponse<String> summary = store.post(
                        store.addBook() + "/generate-summary",
                        "",
                        "X-Tenant-Name",
                        "Acme Books",
                        "X-User-Id",
                        "user-4711");
                assertThat(summary.statusCode()).isEqualTo(200);
                metrics = store.get("/metrics").body();
            }

            await().until(() -> collector.spans().stream().anyMatch(CallerOnSpansTest::isRequestForASummary)
                    && collector.spans().stream().anyMatch(CallerOnSpansTest::isCall));
            assertThat(collector.spans())
                    .filteredOn(CallerOnSpansTest::isRequestForASummary)
                    .singleElement()
                    .satisfies(span -> assertThat(attributes(span))
                            .containsEntry("tenant.name", "Acme Books")
                            .containsEntry("user.id", "user-4711"));
            assertThat(collector.spans())
                    .filteredOn(CallerOnSpansTest::isCall)
                    .singleElement()
                    .satisfies(span -> assertThat(attributes(span)).containsEntry("user.id", "user-4711"));
            assertThat(metrics).doesNotContain("Acme", "user-4711");
        }
    }

    private static boolean isRequestForASummary(Span span) {
        return span.getKind() == SpanKind.SPAN_KIND_SERVER && span.getName().contains("generate-summary");
    }

    private static boolean isCall(Span span) {
        return span.getName().startsWith("chat ");
    }

    @ParameterizedTest
    @CsvSource({"X-Tenant-Name, 101", "X-User-Id, 101", "X-User-Id, 5000"})
    @ExtendWith(SharedStore.class)
    void callerThatIsTooLongAnswers400(String header, int length, RunningStore store) {
        HttpResponse<String> answer = store.get("/api/v1/Books", header, "u".repeat(length));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo(header);
    }
}
