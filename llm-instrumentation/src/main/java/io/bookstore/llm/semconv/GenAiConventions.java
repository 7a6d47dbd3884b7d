package io.bookstore.llm.semconv;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The generations of the GenAI conventions that are in use; several may be written side by side. */
public enum GenAiConventions {
    /** {@code gen_ai.system}, and neither streaming, cache nor reasoning attributes: semantic-conventions v1.36.0. */
    V1_36,
    /** The names that dashboards know today: semantic-conventions v1.41.1. */
    V1_41,
    /** {@code gen_ai.client.inference.*} and token counters: semantic-conventions-genai v0.1.0. */
    V0_1;

    /** The variable by which OpenTelemetry lets a user choose. */
    public static final String OPT_IN_VARIABLE = "OTEL_SEMCONV_STABILITY_OPT_IN";

    private static final String LATEST = "gen_ai_latest_experimental";

    /**
     * Reads a value of {@link #OPT_IN_VARIABLE}: {@code gen_ai_latest_experimental} in its comma-separated list means the
     * newest generation and nothing older.
     *
     * @param value null if the variable is not set
     * @return the default, {@link #V1_41}, for a list that does not speak of GenAI
     */
    public static Set<GenAiConventions> chosenBy(@Nullable String value) {
        boolean latest = value != null
                && Arrays.stream(value.split(",", -1)).map(String::strip).anyMatch(LATEST::equals);
        return EnumSet.of(latest ? V0_1 : V1_41);
    }
}
