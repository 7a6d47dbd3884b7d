package io.bookstore.llm.spring;

import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.framework.ApplicationBeans;
import io.bookstore.llm.framework.TelemetryProperties;
import io.bookstore.llm.metrics.MetricsRecorder;
import io.opentelemetry.api.OpenTelemetry;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.core.env.Environment;

/** The beans and properties of an application with Spring. */
record SpringBeans(BeanFactory beans, Environment environment) implements ApplicationBeans {

    @Override
    public TelemetryProperties properties() {
        return InstrumentationProperties.of(environment);
    }

    @Override
    public @Nullable OpenTelemetry openTelemetry() {
        return beans.getBeanProvider(OpenTelemetry.class).getIfAvailable();
    }

    @Override
    public Collection<MetricsRecorder> recorders() {
        return beans.getBeanProvider(MetricsRecorder.class).orderedStream().toList();
    }

    @Override
    public @Nullable ContentPolicy contentPolicy() {
        return beans.getBeanProvider(ContentPolicy.class).getIfAvailable();
    }

    @Override
    public String openTelemetryRemedy() {
        return "add a starter of OpenTelemetry";
    }

    @Override
    public String describe(Throwable error) {
        return error instanceof NoUniqueBeanDefinitionException
                ? error.getMessage() + "; mark one of them with @Primary"
                : ApplicationBeans.super.describe(error);
    }
}
