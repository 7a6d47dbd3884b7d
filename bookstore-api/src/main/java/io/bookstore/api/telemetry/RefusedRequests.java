package io.bookstore.api.telemetry;

import io.micronaut.tracing.opentelemetry.OpenTelemetryBuilderCustomizer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import jakarta.inject.Singleton;
import java.util.Collection;

/**
 * Leaves the status of a request unset that was answered below 500, as the HTTP conventions want it: a client's mistake is no
 * error of the server. The framework sets ERROR for every exception, also for those that it turns into 404 or 429.
 */
@Singleton
final class RefusedRequests implements OpenTelemetryBuilderCustomizer {

    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final int FIRST_SERVER_ERROR = 500;

    @Override
    public void configure(AutoConfiguredOpenTelemetrySdkBuilder builder) {
        builder.addSpanExporterCustomizer((exporter, config) -> new Corrected(exporter));
    }

    private static SpanData corrected(SpanData span) {
        Long status = span.getAttributes().get(STATUS);
        return span.getKind() == SpanKind.SERVER
                        && status != null
                        && status < FIRST_SERVER_ERROR
                        && span.getStatus().getStatusCode() == StatusCode.ERROR
                ? new Unset(span)
                : span;
    }

    private static final class Unset extends DelegatingSpanData {

        Unset(SpanData span) {
            super(span);
        }

        @Override
        public StatusData getStatus() {
            return StatusData.unset();
        }
    }

    private record Corrected(SpanExporter exporter) implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return exporter.export(
                    spans.stream().map(RefusedRequests::corrected).toList());
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }
}
