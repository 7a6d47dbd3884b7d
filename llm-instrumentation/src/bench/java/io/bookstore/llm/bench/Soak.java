package io.bookstore.llm.bench;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.micrometer.MicrometerRecorder;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.List;

/**
 * Ten million calls with a hundred thousand model names: prints the heap that is still in use after each million. A number
 * that grows from line to line is a leak.
 */
public final class Soak {

    private static final int CALLS = 10_000_000;
    private static final int EVERY = 1_000_000;
    private static final int MODELS = 100_000;

    private Soak() {}

    public static void main(String[] args) {
        OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setMeterProvider(SdkMeterProvider.builder()
                        .registerMetricReader(InMemoryMetricReader.create())
                        .build())
                .build();
        MeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        GenAiTelemetry telemetry = GenAiTelemetry.builder(sdk)
                .metrics(MicrometerRecorder.create(meters))
                .metrics(OpenTelemetryRecorder.create(sdk))
                .build();
        System.out.println("| calls | heap in use, MiB | meters |\n|---:|---:|---:|");
        for (int call = 1; call <= CALLS; call++) {
            String model = "model-" + call % MODELS;
            Inference inference = telemetry.start(
                    InferenceRequest.chat("anthropic", model).maxTokens(500).build());
            if (call % 10 == 0) {
                inference.fail(new IllegalStateException("overloaded"));
            } else {
                inference.complete(new InferenceResponse(null, model, List.of("stop"), TokenUsage.of(45L, 123L)));
            }
            if (call % EVERY == 0) {
                System.out.printf(
                        "| %,d | %.1f | %d |%n",
                        call, heapInUse(), meters.getMeters().size());
            }
        }
    }

    private static double heapInUse() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / (double) (1 << 20);
    }
}
