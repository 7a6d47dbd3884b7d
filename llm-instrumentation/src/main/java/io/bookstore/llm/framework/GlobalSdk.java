package io.bookstore.llm.framework;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** Finds the OpenTelemetry that the Java agent, or the main method of the application, has made global. */
final class GlobalSdk {

    private GlobalSdk() {}

    /**
     * Returns null if there is none. {@code GlobalOpenTelemetry.get()} would make the no-op global then, and an application
     * that sets its own one later would fail.
     */
    static @Nullable OpenTelemetry find() {
        return isAgentPresent() || isSet() ? GlobalOpenTelemetry.get() : null;
    }

    /** The agent sets nothing: it has the method {@code get()} return its own. */
    private static boolean isAgentPresent() {
        try {
            Class.forName("io.opentelemetry.javaagent.bootstrap.AgentInitializer", false, null);
            return true;
        } catch (ClassNotFoundException none) {
            return false;
        }
    }

    private static boolean isSet() {
        try {
            return (boolean) GlobalOpenTelemetry.class.getMethod("isSet").invoke(null);
        } catch (NoSuchMethodException older) {
            return isFieldSet();
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** Versions older than {@code isSet()}, as those of Spring Boot 3.5 and Micronaut 4.10 are, tell by nothing but this field. */
    private static boolean isFieldSet() {
        try {
            Field field = GlobalOpenTelemetry.class.getDeclaredField("globalOpenTelemetry");
            field.setAccessible(true);
            return field.get(null) != null;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return false;
        }
    }
}
