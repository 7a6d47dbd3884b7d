package io.bookstore.llm.micronaut;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.RuntimeBeanDefinition;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A Micronaut application of a test. The annotated beans among the tests are on the class path of all of them, so each has the
 * condition that {@link #with(String)} names it.
 */
final class TestApplication {

    /** The property that an annotated bean requires. */
    static final String BEANS = "test.beans";

    private final Map<String, Object> properties = new TreeMap<>();
    private final List<RuntimeBeanDefinition<?>> beans = new ArrayList<>();

    static TestApplication withoutSdk() {
        return new TestApplication();
    }

    static TestApplication with(OpenTelemetryExtension otel) {
        return withoutSdk().bean(OpenTelemetry.class, otel::getOpenTelemetry);
    }

    /** Switches on the annotated beans of this name. */
    TestApplication with(String beans) {
        return property(BEANS, beans);
    }

    TestApplication property(String name, Object value) {
        properties.put(name, value);
        return this;
    }

    <T> TestApplication bean(Class<T> type, Supplier<T> bean) {
        beans.add(RuntimeBeanDefinition.builder(type, bean).singleton(true).build());
        return this;
    }

    <T> TestApplication bean(RuntimeBeanDefinition<T> bean) {
        beans.add(bean);
        return this;
    }

    /** Uses an application while it runs. */
    static void run(TestApplication application, Consumer<ApplicationContext> use) {
        try (ApplicationContext context = application.start()) {
            use.accept(context);
        }
    }

    ApplicationContext start() {
        return ApplicationContext.builder()
                // Nothing of the machine, such as its variables.
                .deduceEnvironment(false)
                .enableDefaultPropertySources(false)
                .properties(properties)
                .beanDefinitions(beans.toArray(RuntimeBeanDefinition<?>[]::new))
                .start();
    }
}
