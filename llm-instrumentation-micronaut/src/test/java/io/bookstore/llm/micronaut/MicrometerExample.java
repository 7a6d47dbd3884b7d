package io.bookstore.llm.micronaut;

import io.bookstore.llm.metrics.MetricsRecorder;
import io.bookstore.llm.micrometer.MicrometerRecorder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

@Factory
@Requires(beans = MeterRegistry.class)
class MicrometerExample {

    @Singleton
    MetricsRecorder llmMetrics(MeterRegistry registry) {
        return MicrometerRecorder.create(registry);
    }
}
