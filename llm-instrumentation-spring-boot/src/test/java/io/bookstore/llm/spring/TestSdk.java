package io.bookstore.llm.spring;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The SDK of a test class as a bean. An application closes beans at its end, but this one serves the next test too. */
final class TestSdk {

    private TestSdk() {}

    static ApplicationContextRunner in(ApplicationContextRunner application, OpenTelemetryExtension otel) {
        return application.withBean(
                "sdk", OpenTelemetry.class, otel::getOpenTelemetry, bean -> bean.setDestroyMethodName(""));
    }
}
