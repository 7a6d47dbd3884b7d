package io.bookstore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.ToolRequest;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.GenAiEvent;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstrumentationScopeTest {

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
    private final InMemoryLogRecordExporter logs = InMemoryLogRecordExporter.create();
    private final OpenTelemetrySdk openTelemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .setMeterProvider(
                    SdkMeterProvider.builder().registerMetricReader(metrics).build())
            .setLoggerProvider(SdkLoggerProvider.builder()
                    .addLogRecordProcessor(SimpleLogRecordProcessor.create(logs))
                    .build())
            .build();

    // llm.* metrics are named in no schema; they stay in the scope of the others.
    @ParameterizedTest
    @CsvSource({
        "V1_36, https://opentelemetry.io/schemas/1.36.0, https://opentelemetry.io/schemas/1.41.0",
        "V1_41, https://opentelemetry.io/schemas/1.41.0, https://opentelemetry.io/schemas/1.41.0",
        "V0_1, none, none https://opentelemetry.io/schemas/1.41.0",
        "V1_41 V0_1, none, none https://opentelemetry.io/schemas/1.41.0",
    })
    void spansEventsAndMetricsNameTheLibrarysVersionAndTheirSchema(
            String generations, String schema, String ofMetrics) {
        GenAiConventions[] conventions = Arrays.stream(generations.split(" "))
                .map(GenAiConventions::valueOf)
                .toArray(GenAiConventions[]::new);
        GenAiTelemetry telemetry = GenAiTelemetry.builder(openTelemetry)
                .conventions(conventions[0], conventions)
                .events(GenAiEvent.EXCEPTION)
                .metrics(OpenTelemetryRecorder.create(openTelemetry))
                .build();
        telemetry.start(InferenceRequest.chat("openai", "gpt-4o").build()).fail(new IOException("refused"));
        telemetry.startTool(ToolRequest.function("weather")).complete("sun");

        assertThat(schemas(spans.getFinishedSpanItems().stream().map(SpanData::getInstrumentationScopeInfo)))
                .isEqualTo(schema);
        assertThat(schemas(logs.getFinishedLogRecordItems().stream().map(LogRecordData::getInstrumentationScopeInfo)))
                .isEqualTo(schema);
        assertThat(schemas(metrics.collectAllMetrics().stream().map(MetricData::getInstrumentationScopeInfo)))
                .isEqualTo(ofMetrics);
    }

    @Test
    void versionIsThatOfTheBuild() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .containsPattern("<version>\\Q" + InstrumentationScope.VERSION + "\\E(-SNAPSHOT)?</version>");
    }

    private static String schemas(Stream<InstrumentationScopeInfo> scopes) {
        Set<InstrumentationScopeInfo> all = scopes.collect(Collectors.toSet());
        assertThat(all).isNotEmpty().allSatisfy(scope -> {
            assertThat(scope.getName()).isEqualTo("io.bookstore.llm");
            assertThat(scope.getVersion()).isEqualTo(InstrumentationScope.VERSION);
        });
        return all.stream()
                .map(scope -> scope.getSchemaUrl() == null ? "none" : scope.getSchemaUrl())
                .collect(Collectors.collectingAndThen(
                        Collectors.toCollection(() -> new TreeSet<String>(java.util.Comparator.reverseOrder())),
                        sorted -> String.join(" ", sorted)));
    }
}
