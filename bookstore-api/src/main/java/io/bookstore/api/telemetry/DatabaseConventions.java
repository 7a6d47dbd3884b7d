package io.bookstore.api.telemetry;

import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stable attribute names of OpenTelemetry's database conventions, such as {@code db.query.text}. The instrumentation of
 * MongoDB still writes the retired ones, such as {@code db.statement}, unless it is told at the start of the process.
 */
public final class DatabaseConventions {

    private static final String PROPERTY = "otel.semconv-stability.opt-in";
    private static final String VARIABLE = "OTEL_SEMCONV_STABILITY_OPT_IN";

    private DatabaseConventions() {}

    /** Asks for them, unless the user has said which ones there should be. Comes before the first span of the process. */
    public static void writeStableNames() {
        System.setProperty(PROPERTY, withStableNames(System.getProperty(PROPERTY), System.getenv()));
    }

    /** The opt-ins of the user, with that of databases where there was none. */
    static String withStableNames(@Nullable String property, Map<String, String> environment) {
        String asked = property == null ? environment.getOrDefault(VARIABLE, "") : property;
        if (Stream.of(asked.split(",")).anyMatch(area -> area.strip().startsWith("database"))) {
            return asked;
        }
        return asked.isBlank() ? "database" : asked + ",database";
    }
}
