package io.bookstore.llm.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MicrometerRecorderTest {

    private static final String CALL =
            "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"anthropic\",gen_ai_request_model=\"claude-3-5-sonnet\",gen_ai_response_model=\"claude-3-5-sonnet\",server_address=\"localhost\",server_port=\"7005\"";
    private static final String MODEL = "gen_ai_provider_name=\"anthropic\",gen_ai_request_model=\"claude-3-5-sonnet\"";

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicLong nanos = new AtomicLong();
    private final GenAiTelemetry telemetry = GenAiTelemetry.builder(OpenTelemetry.noop())
            .metrics(MicrometerRecorder.create(registry))
            .nanoTime(nanos::get)
            .build();

    @Test
    void completedCallFillsEverySeries() {
        // when
        Inference call = start();
        nanos.addAndGet(Duration.ofMillis(800).toNanos());
        call.chunk();
        nanos.addAndGet(Duration.ofMillis(20).toNanos());
        call.chunk();
        call.attemptSucceeded();
        call.rateLimitRemaining("requests", 49);
        nanos.addAndGet(Duration.ofMillis(180).toNanos());
        call.complete(InferenceResponse.of("claude-3-5-sonnet", TokenUsage.of(45L, 123L)));

        // then
        assertThat(registry.scrape())
                .contains(
                        "gen_ai_client_operation_duration_seconds_count{error_type=\"none\"," + CALL + "} 1",
                        "gen_ai_client_operation_duration_seconds_sum{error_type=\"none\"," + CALL + "} 1.0",
                        "gen_ai_client_operation_duration_seconds_bucket{error_type=\"none\"," + CALL
                                + ",le=\"81.92\"} 1",
                        "gen_ai_client_operation_time_to_first_chunk_seconds_sum{error_type=\"none\"," + CALL + "} 0.8",
                        "gen_ai_client_operation_time_per_output_chunk_seconds_sum{error_type=\"none\"," + CALL
                                + "} 0.02",
                        "gen_ai_client_token_usage_sum{" + tokenCall("input") + "} 45.0",
                        "gen_ai_client_token_usage_bucket{" + tokenCall("output") + ",le=\"256.0\"} 1",
                        "llm_tokens_total{" + MODEL + ",gen_ai_token_type=\"output\"} 123.0",
                        "llm_cost_usd_total{" + MODEL + "} 0.00198",
                        "llm_requests_active{" + MODEL + "} 0.0",
                        "llm_attempts_total{error_type=\"none\"," + MODEL + ",outcome=\"success\"} 1.0",
                        "llm_ratelimit_remaining{gen_ai_provider_name=\"anthropic\",kind=\"requests\"} 49.0");
    }

    @Test
    void failedCallHasItsErrorTypeAndNoCost() {
        Inference call = start();
        call.attemptFailed(ErrorType.RATE_LIMITED, 429, null);
        call.fail(new IOException("429"), ErrorType.RATE_LIMITED);

        assertThat(registry.scrape())
                .contains("gen_ai_client_operation_duration_seconds_count{error_type=\"rate_limited\",")
                .contains("llm_attempts_total{error_type=\"rate_limited\"," + MODEL + ",outcome=\"failure\"} 1.0")
                .doesNotContain("llm_cost_usd_total{", "llm_cost_unknown_total{", "gen_ai_client_token_usage_sum{");
    }

    @Test
    void prometheusFindsTheSpanOfACallByItsExemplars() {
        PrometheusMeterRegistry linked = new PrometheusMeterRegistry(
                PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, new CurrentSpan());
        GenAiTelemetry traced = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .metrics(MicrometerRecorder.create(linked))
                .build();

        traced.start(InferenceRequest.chat("anthropic", "claude-3-5-sonnet").build())
                .complete(InferenceResponse.of("claude-3-5-sonnet", TokenUsage.of(45L, 123L)));

        assertThat(linked.scrape("application/openmetrics-text"))
                .containsPattern("gen_ai_client_operation_duration_seconds_bucket.* # .*trace_id=\""
                        + otel.getSpans().get(0).getTraceId() + "\"");
    }

    @Test
    void callInFlightIsActive() {
        start();

        assertThat(registry.scrape()).contains("llm_requests_active{" + MODEL + "} 1.0");
    }

    @Test
    void unknownPriceIsCountedAndNotZero() {
        telemetry
                .start(InferenceRequest.chat("anthropic", "claude-of-tomorrow").build())
                .complete(InferenceResponse.of(null, TokenUsage.of(1L, 1L)));

        assertThat(registry.scrape())
                .contains(
                        "llm_cost_unknown_total{gen_ai_provider_name=\"anthropic\",gen_ai_request_model=\"claude-of-tomorrow\"}"
                                + " 1.0")
                .doesNotContain("llm_cost_usd_total{");
    }

    private Inference start() {
        return telemetry.start(InferenceRequest.chat("anthropic", "claude-3-5-sonnet")
                .streaming(true)
                .server("localhost", 7005)
                .build());
    }

    private static String tokenCall(String type) {
        return CALL.replace(
                "gen_ai_response_model=\"claude-3-5-sonnet\",",
                "gen_ai_response_model=\"claude-3-5-sonnet\",gen_ai_token_type=\"" + type + "\",");
    }

    private static final class CurrentSpan implements SpanContext {

        @Override
        public String getCurrentTraceId() {
            return Span.current().getSpanContext().getTraceId();
        }

        @Override
        public String getCurrentSpanId() {
            return Span.current().getSpanContext().getSpanId();
        }

        @Override
        public boolean isCurrentSpanSampled() {
            return Span.current().getSpanContext().isSampled();
        }

        @Override
        public void markCurrentSpanAsExemplar() {
            // Only whoever samples spans by their exemplars wants to know.
        }
    }
}
