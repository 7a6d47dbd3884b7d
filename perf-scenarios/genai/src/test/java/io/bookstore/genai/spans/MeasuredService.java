package io.bookstore.genai.spans;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.util.concurrent.TimeUnit;

/** A service with OpenTelemetry's SDK, which sends all three signals by its exporters: protobuf, compressed. */
final class MeasuredService implements AutoCloseable {

    private final OpenTelemetrySdk sdk;

    MeasuredService(String endpoint) {
        Resource shop =
                Resource.create(Attributes.builder().put("service.name", "shop").build());
        sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setResource(shop)
                        .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                        .setEndpoint(endpoint + "/v1/traces")
                                        .setCompression("gzip")
                                        .build())
                                .build())
                        .build())
                .setMeterProvider(SdkMeterProvider.builder()
                        .setResource(shop)
                        .registerMetricReader(PeriodicMetricReader.create(OtlpHttpMetricExporter.builder()
                                .setEndpoint(endpoint + "/v1/metrics")
                                .setCompression("gzip")
                                .build()))
                        .build())
                .setLoggerProvider(SdkLoggerProvider.builder()
                        .setResource(shop)
                        .addLogRecordProcessor(BatchLogRecordProcessor.builder(OtlpHttpLogRecordExporter.builder()
                                        .setEndpoint(endpoint + "/v1/logs")
                                        .setCompression("gzip")
                                        .build())
                                .build())
                        .build())
                .build();
    }

    OpenTelemetrySdk sdk() {
        return sdk;
    }

    /** Sends what there is, the spans last, for they may end the reception. */
    void send() {
        sent(sdk.getSdkMeterProvider().forceFlush());
        sent(sdk.getSdkLoggerProvider().forceFlush());
        sent(sdk.getSdkTracerProvider().forceFlush());
    }

    private static void sent(CompletableResultCode flush) {
        assertThat(flush.join(5, TimeUnit.MINUTES).isSuccess()).isTrue();
    }

    @Override
    public void close() {
        sdk.close();
    }
}
