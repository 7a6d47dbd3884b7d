package io.bookstore.llm.readme;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.micrometer.MicrometerRecorder;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

@ApplicationScoped
class QuarkusTelemetry {

    @Produces
    @Singleton // Not @ApplicationScoped: the class is final, so it cannot be proxied.
    GenAiTelemetry genAiTelemetry(OpenTelemetry openTelemetry, MeterRegistry registry) {
        return GenAiTelemetry.builder(openTelemetry)
                .metrics(MicrometerRecorder.create(registry))
                .build();
    }
}
