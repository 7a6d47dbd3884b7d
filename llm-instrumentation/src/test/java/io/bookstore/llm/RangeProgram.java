package io.bookstore.llm;

import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.operation.Evaluation;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.bookstore.llm.operation.ToolRequest;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.bookstore.llm.semconv.GenAiEvent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.util.Objects;

/** Makes a call, a tool's call and a call that fails, and tells what an SDK exported of them, a line each. */
public final class RangeProgram {

    private static final InferenceRequest REQUEST = InferenceRequest.chat("openai", "gpt-4o-mini")
            .streaming(true)
            .maxTokens(500)
            .build();

    private RangeProgram() {}

    public static String run() throws Exception {
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        InMemoryMetricReader metrics = InMemoryMetricReader.create();
        InMemoryLogRecordExporter logs = InMemoryLogRecordExporter.create();
        try (OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .setMeterProvider(
                        SdkMeterProvider.builder().registerMetricReader(metrics).build())
                .setLoggerProvider(SdkLoggerProvider.builder()
                        .addLogRecordProcessor(SimpleLogRecordProcessor.create(logs))
                        .build())
                .build()) {
            call(GenAiTelemetry.builder(sdk)
                    .metrics(OpenTelemetryRecorder.create(sdk))
                    .events(GenAiEvent.EXCEPTION, GenAiEvent.OPERATION_DETAILS)
                    .build());
            StringBuilder said = new StringBuilder("SDK ")
                    .append(Resource.getDefault().getAttribute(AttributeKey.stringKey("telemetry.sdk.version")));
            spans.getFinishedSpanItems().forEach(span -> said.append('\n').append(span(span)));
            metrics.collectAllMetrics().stream()
                    .map(MetricData::getName)
                    .sorted()
                    .forEach(name -> said.append("\nmetric ").append(name));
            logs.getFinishedLogRecordItems()
                    .forEach(event -> said.append("\nevent ").append(name(event)));
            return said.toString();
        }
    }

    private static void call(GenAiTelemetry telemetry) throws Exception {
        telemetry.callTool(ToolRequest.function("weather"), () -> "sunny");
        Inference call = telemetry.start(REQUEST);
        call.chunk();
        call.complete(InferenceResponse.of("gpt-4o-mini", TokenUsage.of(520L, 200L)));
        call.evaluated(Evaluation.ofScore("relevance", 0.9));
        telemetry.start(REQUEST).fail(new IOException("reset"));
    }

    private static String span(SpanData span) {
        String error = span.getAttributes().get(AttributeKey.stringKey("error.type"));
        StringBuilder said = new StringBuilder("span ").append(span.getName());
        said.append(' ').append(span.getKind());
        said.append(' ').append(span.getStatus().getStatusCode());
        said.append(error == null ? "" : " " + error);
        span.getEvents().forEach(event -> said.append(' ').append(event.getName()));
        return said.toString();
    }

    /** The name of an event where this SDK has such names, else the attribute that stood for it before. */
    private static String name(LogRecordData event) {
        try {
            return Objects.requireNonNull(event.getEventName(), "event name");
        } catch (NoSuchMethodError older) {
            return String.valueOf(event.getAttributes().get(AttributeKey.stringKey("event.name")));
        }
    }
}
