package io.bookstore.api.telemetry;

import io.micronaut.context.annotation.Context;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sends the last spans and metrics when the service stops; the framework leaves them in their queue. */
@Context
final class TraceFlush {

    private static final long LIMIT_SECONDS = 2;

    private final OpenTelemetry openTelemetry;

    TraceFlush(OpenTelemetry openTelemetry) {
        this.openTelemetry = openTelemetry;
    }

    @PreDestroy
    void close() {
        if (openTelemetry instanceof OpenTelemetrySdk sdk) {
            CompletableResultCode.ofAll(List.of(
                            sdk.getSdkTracerProvider().shutdown(),
                            sdk.getSdkMeterProvider().shutdown()))
                    .join(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }
}
