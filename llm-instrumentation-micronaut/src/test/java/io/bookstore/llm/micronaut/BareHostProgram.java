package io.bookstore.llm.micronaut;

import io.bookstore.llm.GenAiTelemetry;
import io.micronaut.context.ApplicationContext;
import io.opentelemetry.api.OpenTelemetry;

/** An application without LangChain4j. */
public final class BareHostProgram {

    private BareHostProgram() {}

    /** Returns whether there is telemetry for calls that the application makes by other means. */
    public static boolean run() {
        TestApplication application = TestApplication.withoutSdk().bean(OpenTelemetry.class, OpenTelemetry::noop);
        try (ApplicationContext context = application.start()) {
            return context.getBean(GenAiTelemetry.class).enabled();
        }
    }
}
