package io.bookstore.api.telemetry;

import io.micronaut.tracing.opentelemetry.OpenTelemetryBuilderCustomizer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.resources.Resource;
import jakarta.inject.Singleton;
import java.util.UUID;

/** The version and the instance of this service, on all that it sends; {@code OTEL_RESOURCE_ATTRIBUTES} goes before both. */
@Singleton
final class ServiceIdentity implements OpenTelemetryBuilderCustomizer {

    private static final AttributeKey<String> VERSION = AttributeKey.stringKey("service.version");
    private static final AttributeKey<String> INSTANCE = AttributeKey.stringKey("service.instance.id");
    private static final String UNRELEASED = "0.1.0";

    @Override
    public void configure(AutoConfiguredOpenTelemetrySdkBuilder builder) {
        builder.addResourceCustomizer((resource, config) -> own().merge(resource));
    }

    private static Resource own() {
        String version = ServiceIdentity.class.getPackage().getImplementationVersion();
        return Resource.builder()
                .put(VERSION, version == null ? UNRELEASED : version)
                .put(INSTANCE, UUID.randomUUID().toString())
                .build();
    }
}
