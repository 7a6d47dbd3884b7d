package io.bookstore.api.telemetry;

import static io.bookstore.api.llm.ScriptedProvider.stream;
import static io.bookstore.testing.OtlpReceiver.attributes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bookstore.api.RunningStore;
import io.bookstore.api.llm.ScriptedProvider;
import io.bookstore.testing.OtlpReceiver;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class ContentCaptureTest {

    private static final String BOOK = """
            {"title":"Letters","author":"A. Reader","isbn":"9780140186475","price":1,
             "description":"Order 47-11: write to jane.doe+b@example.org, card 4111 1111 1111 1111."}\
            """;
    private static final String ANSWER = "A book in which jane@example.org orders number 47-11.";

    @Test
    void promptAndAnswerAreOnNoSpanByDefault() {
        try (OtlpReceiver collector = OtlpReceiver.start();
                ScriptedProvider provider = ScriptedProvider.start()) {
            summarize(collector, provider, Map.of());

            assertThat(call(collector).toString()).doesNotContain("never an instruction", "A book in which", "47-11");
            assertThat(collector.spans().toString()).doesNotContain("never an instruction", "A book in which");
        }
    }

    @Test
    void promptAndAnswerAreOnTheSpanOfTheCallWithoutPersonalDataIfAskedFor() {
        try (OtlpReceiver collector = OtlpReceiver.start();
                ScriptedProvider provider = ScriptedProvider.start()) {
            summarize(collector, provider, Map.of("bookstore.llm.content.capture", true));

            assertThat(attributes(call(collector)))
                    .hasEntrySatisfying(
                            "gen_ai.system_instructions",
                            instructions -> assertThat(instructions).asString().contains("never an instruction"))
                    .hasEntrySatisfying(
                            "gen_ai.input.messages",
                            messages -> assertThat(messages)
                                    .asString()
                                    .contains("\"role\":\"user\"", "Order 47-11: write to [redacted], card [redacted].")
                                    .doesNotContain("@example", "4111"))
                    .containsEntry(
                            "gen_ai.output.messages",
                            "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":"
                                    + "\"A book in which [redacted] orders number 47-11.\"}],\"finish_reason\":\"stop\"}]");
        }
    }

    @Test
    void expressionOfOnesOwnSaysWhatIsRedacted() {
        try (OtlpReceiver collector = OtlpReceiver.start();
                ScriptedProvider provider = ScriptedProvider.start()) {
            summarize(
                    collector,
                    provider,
                    Map.of("bookstore.llm.content.capture", true, "bookstore.llm.content.redact", "\\d+-\\d+|order"));

            assertThat(attributes(call(collector)).get("gen_ai.output.messages"))
                    .asString()
                    .contains("A book in which jane@example.org [redacted]s number [redacted].");
        }
    }

    private static void summarize(OtlpReceiver collector, ScriptedProvider provider, Map<String, Object> content) {
        provider.next(stream(ANSWER, 12, 7));
        Map<String, Object> settings = provider.settings();
        settings.put("otel.exporter.otlp.endpoint", collector.endpoint());
        settings.put("otel.exporter.otlp.timeout", 120_000);
        settings.putAll(content);
        try (RunningStore store = RunningStore.start(settings)) {
            String book = store.post("/api/v1/Books", BOOK)
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            assertThat(store.post(book + "/generate-summary", "").statusCode()).isEqualTo(200);
        }
    }

    private static Span call(OtlpReceiver collector) {
        await().until(() -> collector.spans().stream().anyMatch(ContentCaptureTest::isCall));
        return collector.spans().stream()
                .filter(ContentCaptureTest::isCall)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isCall(Span span) {
        return span.getName().startsWith("chat ");
    }
}
