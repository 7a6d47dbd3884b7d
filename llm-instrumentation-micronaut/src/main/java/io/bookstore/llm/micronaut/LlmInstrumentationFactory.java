package io.bookstore.llm.micronaut;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.framework.ApplicationTelemetry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/**
 * Provides a {@link GenAiTelemetry}, unless the application has one; every model of LangChain4j that is a bean is measured by
 * it. With {@code llm.instrumentation.enabled=false} no bean is touched, and the telemetry measures nothing.
 */
@Factory
public final class LlmInstrumentationFactory {

    @Singleton
    @Requires(missingBeans = GenAiTelemetry.class)
    GenAiTelemetry genAiTelemetry(ApplicationContext beans) {
        return ApplicationTelemetry.create(new MicronautBeans(beans));
    }
}
