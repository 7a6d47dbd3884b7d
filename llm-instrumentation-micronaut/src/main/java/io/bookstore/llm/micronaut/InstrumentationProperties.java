package io.bookstore.llm.micronaut;

import io.bookstore.llm.framework.TelemetryProperties;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.GenAiEvent;
import io.bookstore.llm.semconv.Profile;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.core.naming.NameUtils;
import io.micronaut.core.type.Argument;
import io.micronaut.core.type.TypeInformation;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the telemetry, with the meanings that {@code GenAiTelemetryBuilder} gives them.
 *
 * @param enabled Whether LLM calls are measured.
 * @param pricesFile File of prices, which go before those of LLM_PRICES, LLM_PRICES_FILE and the library.
 * @param captureContent Whether prompts and answers go onto spans; a bean of type ContentPolicy may redact them.
 * @param contentMaxCharacters Characters after which each captured text is cut, >= 1; not set: it is not cut.
 * @param exceptionMessages Whether exceptions on spans and in events have messages.
 * @param conventions Generations of the conventions to write side by side: v1-36, v1-41, v0-1; not set: the one that
 *     OTEL_SEMCONV_STABILITY_OPT_IN chooses, else v1-41.
 * @param profiles Names that spans carry besides the conventions': kit, open-inference, langfuse; empty: none.
 * @param events Events that each call writes to OpenTelemetry's logs: exception, operation-details.
 * @param metricKeys Labels that metrics of whole calls carry besides the conventions', such as user.id.
 * @param maxModels Values that each label of metrics may have, >= 1; the next ones are "other".
 * @param readBaggage Whether user, session and prompt may come from baggage.
 */
@ConfigurationProperties(InstrumentationProperties.PREFIX)
record InstrumentationProperties(
        @Bindable(defaultValue = "true") boolean enabled,
        @Nullable Path pricesFile,
        @Bindable(defaultValue = "false") boolean captureContent,
        @Nullable Integer contentMaxCharacters,
        @Bindable(defaultValue = "true") boolean exceptionMessages,
        @Nullable Set<GenAiConventions> conventions,
        @Bindable(defaultValue = "kit") Set<Profile> profiles,
        @Bindable(defaultValue = "") Set<GenAiEvent> events,
        @Bindable(defaultValue = "") List<String> metricKeys,
        @Bindable(defaultValue = "50") int maxModels,
        @Bindable(defaultValue = "true") boolean readBaggage)
        implements TelemetryProperties {

    static final String PREFIX = "llm.instrumentation";

    private static final Pattern BOOLEAN = Pattern.compile("true|false|yes|no|on|off|y|n", Pattern.CASE_INSENSITIVE);

    InstrumentationProperties {
        // Micronaut reads an empty text as a list of one.
        metricKeys = metricKeys.stream().filter(key -> !key.isBlank()).toList();
    }

    /**
     * Reads them. Micronaut silently takes the default in place of a value that it cannot convert, and false for a word that it
     * does not know; here both are errors.
     */
    static InstrumentationProperties of(ApplicationContext application) {
        for (Argument<?> property : application
                .getBeanDefinition(InstrumentationProperties.class)
                .getConstructor()
                .getArguments()) {
            check(PREFIX + "." + NameUtils.hyphenate(property.getName()), property, application);
        }
        return application.getBean(InstrumentationProperties.class);
    }

    private static void check(String name, Argument<?> type, ApplicationContext application) {
        String value = application.getProperty(name, String.class).orElse("");
        ArgumentConversionContext<?> conversion = ConversionContext.of(type);
        boolean converted = application.getProperty(name, conversion).isPresent();
        boolean readable = type.getType() == boolean.class
                ? BOOLEAN.matcher(value).matches()
                : converted && conversion.getLastError().isEmpty();
        if (!value.isEmpty() && !readable) {
            throw new IllegalArgumentException(name + " must be of type "
                    + type.getTypeString(TypeInformation.TypeFormat.SIMPLE) + ", was " + value);
        }
    }
}
