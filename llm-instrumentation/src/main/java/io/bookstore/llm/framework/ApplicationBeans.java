package io.bookstore.llm.framework;

import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.metrics.MetricsRecorder;
import io.opentelemetry.api.OpenTelemetry;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The beans and properties of an application that its telemetry is made of. Each method may throw a {@link RuntimeException},
 * for example where a property cannot be bound or two beans are of one type: {@link ApplicationTelemetry} tells of it.
 */
public interface ApplicationBeans {

    TelemetryProperties properties();

    /** Returns the bean, or null if there is none; a global OpenTelemetry is none. */
    @Nullable
    OpenTelemetry openTelemetry();

    /** Returns the recorders among the beans, in their order. */
    Collection<MetricsRecorder> recorders();

    /** Returns the bean, or null if there is none. */
    @Nullable
    ContentPolicy contentPolicy();

    /** Says how an application gets an OpenTelemetry, for a warning: "add micronaut-tracing-opentelemetry". */
    String openTelemetryRemedy();

    /**
     * Describes an exception of one of these methods, or of a value they returned, for a warning. Default: the exception and its
     * causes, since a framework names the property in one of them and the rule in another.
     */
    default String describe(Throwable error) {
        StringBuilder description = new StringBuilder();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            description.append(description.isEmpty() ? "" : "; ").append(cause);
        }
        return description.toString();
    }
}
