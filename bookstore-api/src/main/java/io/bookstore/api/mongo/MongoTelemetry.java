package io.bookstore.api.mongo;

import com.mongodb.event.CommandListener;
import com.mongodb.event.ConnectionPoolListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.mongodb.MongoMetricsCommandListener;
import io.micrometer.core.instrument.binder.mongodb.MongoMetricsConnectionPoolListener;
import io.micronaut.context.annotation.Factory;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** The driver's listeners: {@code mongodb_driver_*} series, and a client span for each command. */
@Factory
final class MongoTelemetry {

    // A batch of books names the fields of each one; the first few say it all.
    private static final int MAX_STATEMENT_CHARS = 1024;

    @Singleton
    @Named("metrics")
    CommandListener commandMetrics(MeterRegistry registry) {
        return new MongoMetricsCommandListener(registry);
    }

    @Singleton
    ConnectionPoolListener poolMetrics(MeterRegistry registry) {
        return new MongoMetricsConnectionPoolListener(registry);
    }

    @Singleton
    @Named("tracing")
    CommandListener commandSpans(OpenTelemetry openTelemetry) {
        return io.opentelemetry.instrumentation.mongo.v3_1.MongoTelemetry.builder(openTelemetry)
                .setMaxNormalizedQueryLength(MAX_STATEMENT_CHARS)
                .build()
                .newCommandListener();
    }
}
