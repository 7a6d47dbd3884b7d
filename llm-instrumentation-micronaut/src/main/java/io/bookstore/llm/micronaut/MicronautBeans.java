package io.bookstore.llm.micronaut;

import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.framework.ApplicationBeans;
import io.bookstore.llm.framework.TelemetryProperties;
import io.bookstore.llm.metrics.MetricsRecorder;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.exceptions.NonUniqueBeanException;
import io.opentelemetry.api.OpenTelemetry;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The beans and properties of an application with Micronaut. */
record MicronautBeans(ApplicationContext beans) implements ApplicationBeans {

    @Override
    public TelemetryProperties properties() {
        return InstrumentationProperties.of(beans);
    }

    @Override
    public @Nullable OpenTelemetry openTelemetry() {
        return beans.findBean(OpenTelemetry.class).orElse(null);
    }

    @Override
    public Collection<MetricsRecorder> recorders() {
        return beans.getBeansOfType(MetricsRecorder.class);
    }

    @Override
    public @Nullable ContentPolicy contentPolicy() {
        return beans.findBean(ContentPolicy.class).orElse(null);
    }

    @Override
    public String openTelemetryRemedy() {
        return "add micronaut-tracing-opentelemetry";
    }

    @Override
    public String describe(Throwable error) {
        return error instanceof NonUniqueBeanException
                ? error.getMessage() + "; mark one of them with @Primary"
                : ApplicationBeans.super.describe(error);
    }
}
