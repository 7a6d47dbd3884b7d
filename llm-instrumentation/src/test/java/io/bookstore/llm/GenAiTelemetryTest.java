package io.bookstore.llm;

import static io.bookstore.llm.SpanReader.asMap;
import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.bookstore.testing.Warnings;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The span of a call from its start to its end, by wire names. */
class GenAiTelemetryTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    @RegisterExtension
    final Warnings log = new Warnings();

    private final AtomicLong nanos = new AtomicLong(1_000_000_000);
    private final GenAiTelemetry telemetry =
            GenAiTelemetry.builder(otel.getOpenTelemetry()).nanoTime(nanos::get).build();

    @Test
    void completedCallIsOneClientSpanByTheConventions() {
        // given
        InferenceRequest request = InferenceRequest.chat("anthropic", "claude-3-5-sonnet-20241022")
                .maxTokens(500)
                .temperature(0.7)
                .server("api.anthropic.com", 443)
                .build();

        // when
        Inference call = telemetry.start(request);
        nanos.addAndGet(Duration.ofMillis(2500).toNanos());
        call.complete(new InferenceResponse(
                "msg_1", "claude-3-5-sonnet-20241022", List.of("stop"), TokenUsage.of(45L, 123L)));

        // then
        SpanData span = onlySpan(otel);
        assertThat(span.getName()).isEqualTo("chat claude-3-5-sonnet-20241022");
        assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(attributes(span))
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.provider.name", "anthropic")
                .containsEntry("gen_ai.request.model", "claude-3-5-sonnet-20241022")
                .containsEntry("gen_ai.request.max_tokens", 500L)
                .containsEntry("gen_ai.request.temperature", 0.7)
                .containsEntry("gen_ai.response.id", "msg_1")
                .containsEntry("gen_ai.response.model", "claude-3-5-sonnet-20241022")
                .containsEntry("gen_ai.response.finish_reasons", List.of("stop"))
                .containsEntry("gen_ai.usage.input_tokens", 45L)
                .containsEntry("gen_ai.usage.output_tokens", 123L)
                .containsEntry("server.address", "api.anthropic.com")
                .containsEntry("server.port", 443L)
                .doesNotContainKeys("error.type", "gen_ai.request.stream", "gen_ai.request.top_p");
    }

    @Test
    void spanCarriesTheKitsOwnTags() {
        Inference call = telemetry.start(
                InferenceRequest.chat("anthropic", "claude-3-5-sonnet-20241022").build());
        nanos.addAndGet(Duration.ofMillis(2500).toNanos());
        call.complete(InferenceResponse.of(null, TokenUsage.of(45L, 123L)));

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.request.type", "chat")
                .containsEntry("llm.system", "anthropic")
                .containsEntry("llm.model.name", "claude-3-5-sonnet-20241022")
                .containsEntry("llm.latency", 2500.0)
                .containsEntry("llm.cost.usd", 0.00198)
                .containsEntry("llm.cost.price_date", "2026-07-29")
                .containsEntry("llm.outcome", "completed");
    }

    @Test
    void callOfABatchCostsItsBatchPriceAndSaysSo() {
        Inference call = telemetry.start(InferenceRequest.chat("anthropic", "claude-sonnet-4-6")
                .batch(true)
                .build());
        call.complete(InferenceResponse.of(null, TokenUsage.of(1_000_000L, 0L)));

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.request.batch", true)
                .containsEntry("llm.cost.usd", 1.5);
    }

    @Test
    void costThatTheProviderReportsGoesBeforeThePriceList() {
        Inference call =
                telemetry.start(InferenceRequest.chat("perplexity", "sonar").build());
        call.complete(InferenceResponse.of(null, TokenUsage.of(45L, 123L)).withReportedCost(new BigDecimal("0.0123")));

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.cost.usd", 0.0123)
                .containsEntry("llm.cost.source", "provider")
                .doesNotContainKey("llm.cost.price_date");
    }

    @Test
    void envelopesInACircleFailTheCallAsAnyOtherError() {
        ExecutionException outer = new ExecutionException("outer") {};
        ExecutionException inner = new ExecutionException("inner") {};
        outer.initCause(inner);
        inner.initCause(outer);
        Inference call = telemetry.start(aChat());

        call.fail(outer);

        assertThat(onlySpan(otel).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(onlySpan(otel).getEvents()).hasSize(1);
        assertThat(attributes(onlySpan(otel))).containsEntry("llm.outcome", "failed");
    }

    @Test
    void firstTerminalCallDecides() {
        Inference call = telemetry.start(aChat());

        call.complete(InferenceResponse.of("m", TokenUsage.UNKNOWN));
        call.fail(new IOException("too late to count"));
        call.cancel();
        call.close();

        assertThat(onlySpan(otel).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    void failedCallHasStatusErrorAndATypeOfTheFixedList() {
        Inference call = telemetry.start(aChat());

        call.fail(new RuntimeException(new HttpTimeoutException("the text is not a type")));

        assertThat(onlySpan(otel).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attributes(onlySpan(otel))).containsEntry("error.type", "timeout");
    }

    @Test
    void callThatIsLetGoOfEndsAsCancelledWithoutAnError() {
        try (Inference call = telemetry.start(aChat())) {
            call.usage(TokenUsage.of(7L, null));
        }

        assertThat(onlySpan(otel).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "cancelled")
                .containsEntry("gen_ai.usage.input_tokens", 7L)
                .doesNotContainKeys("error.type", "gen_ai.usage.output_tokens", "llm.cost.usd");
    }

    @Test
    void timeToFirstChunkIsInSeconds() {
        Inference call = telemetry.start(
                InferenceRequest.chat("openai", "gpt-4o").streaming(true).build());
        nanos.addAndGet(Duration.ofMillis(800).toNanos());
        call.chunk();
        nanos.addAndGet(Duration.ofMillis(15).toNanos());
        call.chunk();
        call.complete(InferenceResponse.of(null, TokenUsage.UNKNOWN));

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("gen_ai.request.stream", true)
                .containsEntry("gen_ai.response.time_to_first_chunk", 0.8);
    }

    @Test
    void attemptsAreEventsOfTheOneSpan() {
        Inference call = telemetry.start(aChat());

        call.attemptFailed(ErrorType.RATE_LIMITED, 429, Duration.ofSeconds(7));
        call.attemptSucceeded();
        call.complete(InferenceResponse.of(null, TokenUsage.UNKNOWN));

        assertThat(onlySpan(otel).getEvents()).singleElement().satisfies(event -> {
            assertThat(event.getName()).isEqualTo("llm.attempt");
            assertThat(asMap(event.getAttributes()))
                    .containsEntry("llm.attempt.number", 1L)
                    .containsEntry("error.type", "rate_limited")
                    .containsEntry("http.response.status_code", 429L)
                    .containsEntry("llm.attempt.retry_after", 7.0);
        });
        assertThat(attributes(onlySpan(otel))).containsEntry("llm.attempts", 2L);
    }

    @Test
    void unknownUsageIsAbsentAndNotZero() {
        telemetry.start(aChat()).complete(InferenceResponse.of("m", TokenUsage.of(-1L, null)));

        assertThat(attributes(onlySpan(otel)))
                .doesNotContainKeys("gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "llm.cost.usd");
    }

    @Test
    void callIsCurrentWithinItsScopeOnly() {
        Inference call = telemetry.start(aChat());

        try (Scope ignored = call.makeCurrent()) {
            assertThat(Inference.current()).isSameAs(call);
        }

        assertThat(Inference.current()).isNull();
        call.cancel();
    }

    private static InferenceRequest aChat() {
        return InferenceRequest.chat("anthropic", "claude-sonnet-4-5").build();
    }
}
