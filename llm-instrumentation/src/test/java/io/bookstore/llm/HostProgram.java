package io.bookstore.llm;

import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;

/** A plain program that calls a model twice and prints what it got, what that cost and what went wrong. */
public final class HostProgram {

    private HostProgram() {}

    public static void main(String[] args) throws Exception {
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        InMemoryMetricReader metrics = InMemoryMetricReader.create();
        try (OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .setMeterProvider(
                        SdkMeterProvider.builder().registerMetricReader(metrics).build())
                .build()) {
            GenAiTelemetry telemetry = GenAiTelemetry.builder(sdk)
                    .metrics(OpenTelemetryRecorder.create(sdk))
                    .build();
            StringBuilder said = new StringBuilder();
            for (int i = 0; i < 2; i++) {
                String answer = HostCalls.ask(telemetry, "gpt-4o-mini", TokenUsage.of(520L, 200L));
                said.append("answer ").append(answer).append(", cost ");
                said.append(spans.getFinishedSpanItems()
                        .get(i)
                        .getAttributes()
                        .get(AttributeKey.doubleKey("llm.cost.usd")));
                said.append(", ");
            }
            System.out.println(said.append("failures ").append(failures(metrics)));
        }
    }

    private static List<String> failures(InMemoryMetricReader metrics) {
        return metrics.collectAllMetrics().stream()
                .filter(metric -> metric.getName().equals("llm.instrumentation.failures"))
                .flatMap(metric -> metric.getDoubleSumData().getPoints().stream())
                .map(point ->
                        point.getAttributes().get(AttributeKey.stringKey("stage")) + " " + (long) point.getValue())
                .toList();
    }
}
