package io.bookstore.api.startup;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The format of the log: lines for a person, or a JSON object a line for a collector of logs. */
public enum LogFormat {
    TEXT,
    JSON;

    /** The environment variable that chooses; it is no setting of the framework, whose first lines it governs already. */
    public static final String VARIABLE = "LOG_FORMAT";

    // Read by logback.xml.
    private static final String PROPERTY = "log.format";

    /**
     * Applies the format that the environment asks for; call it before anything is logged.
     *
     * @return the format that the variable asks for
     * @throws StartupException if the variable names no format
     */
    public static LogFormat apply(Map<String, String> environment) {
        LogFormat format = of(environment.get(VARIABLE));
        System.setProperty(PROPERTY, format.fileName());
        return format;
    }

    private static LogFormat of(@Nullable String value) {
        if (value == null || value.isBlank()) {
            return TEXT;
        }
        return Arrays.stream(values())
                .filter(format -> format.fileName().equals(value.strip()))
                .findFirst()
                .orElseThrow(() -> new StartupException(VARIABLE + " must be text or json, was " + value, null));
    }

    private String fileName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
