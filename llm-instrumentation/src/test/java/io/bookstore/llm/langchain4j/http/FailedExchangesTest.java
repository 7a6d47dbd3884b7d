package io.bookstore.llm.langchain4j.http;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.SpanReader;
import io.bookstore.llm.error.CauseChain;
import io.bookstore.llm.langchain4j.InstrumentedChatModel;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Span, metric and attempt give an exchange that failed the same name, through LangChain4j's own clients. */
class FailedExchangesTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
            .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
            .build();

    @ParameterizedTest
    @ValueSource(strings = {"anthropic", "openai"})
    void deadlineThatPassesIsATimeout(String provider) throws Exception {
        try (MisbehavingServer server = new MisbehavingServer(MisbehavingServer.sayAndHang(OK, "{"))) {
            ChatModel model = model(provider, server, Duration.ofMillis(200));

            // On a busy machine it may pass before the connection stands; the JDK puts a ConnectException below that.
            assertThatThrownBy(() -> model.chat("hello"))
                    .satisfies(error ->
                            assertThat(CauseChain.of(error)).hasAtLeastOneElementOfType(HttpTimeoutException.class));
        }

        assertThat(errorTypes()).containsExactly("timeout", "timeout", "timeout");
    }

    @Test
    void connectionThatBreaksIsTheNetwork() throws Exception {
        try (MisbehavingServer server = new MisbehavingServer(MisbehavingServer.sayAndClose(OK, "{"))) {
            ChatModel model = model("openai", server, PATIENCE);

            assertThatThrownBy(() -> model.chat("hello")).hasRootCauseInstanceOf(IOException.class);
        }

        assertThat(errorTypes()).containsExactly("network", "network", "network");
    }

    @Test
    void interruptOfTheCallerIsACancellation() throws Exception {
        try (MisbehavingServer server = new MisbehavingServer((out, endOfTest) -> endOfTest.await())) {
            ChatModel model = model("openai", server, PATIENCE);

            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> model.chat("hello"))
                    .hasRootCauseMessage("interrupted while waiting for the provider");

            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "cancelled")
                .doesNotContainKey("error.type");
        assertThat(durations()).containsExactly("cancelled");
    }

    /** The error types of the span, of the duration and of the one attempt. */
    private static List<Object> errorTypes() {
        Object attempt = onlySpan(otel).getEvents().stream()
                .filter(event -> event.getName().equals("llm.attempt"))
                .map(event -> SpanReader.asMap(event.getAttributes()).get("error.type"))
                .reduce((first, second) -> List.of(first, second))
                .orElse("none");
        return List.of(attributes(onlySpan(otel)).get("error.type"), durations().get(0), attempt);
    }

    private static List<String> durations() {
        return otel.getMetrics().stream()
                .filter(metric -> metric.getName().equals("gen_ai.client.operation.duration"))
                .flatMap(metric -> metric.getHistogramData().getPoints().stream())
                .map(point -> point.getAttributes().get(AttributeKey.stringKey("error.type")))
                .toList();
    }

    private ChatModel model(String provider, MisbehavingServer server, Duration deadline) {
        BoundedHttpClientBuilder http = BoundedHttpClientBuilder.create(
                        PatientLimits.limits().withDeadline(deadline))
                .reportAttempts(true);
        String url = server.url().replace("/messages", "");
        ChatModel model = provider.equals("anthropic")
                ? AnthropicChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(url)
                        .apiKey("none")
                        .modelName("m")
                        .timeout(deadline)
                        .maxRetries(0)
                        .build()
                : OpenAiChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(url)
                        .apiKey("none")
                        .modelName("m")
                        .timeout(deadline)
                        .maxRetries(0)
                        .build();
        return InstrumentedChatModel.wrap(model, telemetry);
    }
}
