package io.bookstore.llm.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OpenTelemetryRecorderTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    @Test
    void namesUnitsAndBucketsAreThoseOfTheConventions() {
        // given
        GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
                .build();

        // when
        Inference call = telemetry.start(
                InferenceRequest.chat("openai", "gpt-4o").streaming(true).build());
        call.chunk();
        call.chunk();
        call.attemptSucceeded();
        call.complete(InferenceResponse.of("gpt-4o", TokenUsage.of(10L, 20L)));

        // then
        assertThat(otel.getMetrics())
                .extracting(MetricData::getName)
                .contains(
                        "gen_ai.client.operation.duration",
                        "gen_ai.client.token.usage",
                        "gen_ai.client.operation.time_to_first_chunk",
                        "gen_ai.client.operation.time_per_output_chunk",
                        "llm.tokens",
                        "llm.cost.usd",
                        "llm.attempts",
                        "llm.requests.active");
        assertThat(metric("gen_ai.client.operation.duration").getUnit()).isEqualTo("s");
        assertThat(metric("gen_ai.client.token.usage").getUnit()).isEqualTo("{token}");
        assertThat(boundaries(metric("gen_ai.client.operation.duration")))
                .containsExactly(
                        0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
        assertThat(boundaries(metric("gen_ai.client.token.usage"))).startsWith(1.0, 4.0, 16.0, 64.0, 256.0);
    }

    @Test
    void durationTokensAndChunksPointToTheSpanOfTheirCall() {
        // given
        GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
                .build();

        // when
        Inference call = telemetry.start(
                InferenceRequest.chat("openai", "gpt-4o").streaming(true).build());
        call.chunk();
        call.chunk();
        call.complete(InferenceResponse.of("gpt-4o", TokenUsage.of(10L, 20L)));

        // then
        String spanId = otel.getSpans().get(0).getSpanId();
        // One collection: the next one has no exemplars.
        assertThat(otel.getMetrics())
                .filteredOn(metric -> metric.getType() == MetricDataType.HISTOGRAM)
                .hasSize(4)
                .allSatisfy(metric -> assertThat(metric.getHistogramData().getPoints())
                        .flatExtracting(HistogramPointData::getExemplars)
                        .isNotEmpty()
                        .allSatisfy(
                                exemplar -> assertThat(exemplar.getSpanContext().getSpanId())
                                        .isEqualTo(spanId)));
    }

    private static MetricData metric(String name) {
        return otel.getMetrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Iterable<Double> boundaries(MetricData metric) {
        HistogramPointData point =
                metric.getHistogramData().getPoints().iterator().next();
        return point.getBoundaries();
    }
}
