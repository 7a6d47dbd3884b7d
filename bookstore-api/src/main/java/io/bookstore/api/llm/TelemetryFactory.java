package io.bookstore.api.llm;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.GenAiTelemetryBuilder;
import io.bookstore.llm.cost.PriceList;
import io.bookstore.llm.micrometer.MicrometerRecorder;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Factory;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.inject.Singleton;

/** Instruments the calls: one span and its meters for each. */
@Factory
final class TelemetryFactory {

    @Singleton
    GenAiTelemetry telemetry(
            OpenTelemetry openTelemetry, MeterRegistry registry, PriceList prices, ContentConfig content) {
        GenAiTelemetryBuilder telemetry = GenAiTelemetry.builder(openTelemetry)
                .metrics(MicrometerRecorder.create(registry))
                // Sent where OTEL_METRICS_EXPORTER says; without a word of it, the SDK's meters do nothing.
                .metrics(OpenTelemetryRecorder.create(openTelemetry))
                .prices(prices);
        return (content.capture() ? telemetry.content(content.policy()) : telemetry).build();
    }
}
