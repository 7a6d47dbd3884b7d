package io.bookstore.llm.spring;

import io.bookstore.llm.framework.TelemetryProperties;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.GenAiEvent;
import io.bookstore.llm.semconv.Profile;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

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
 * @param springAiObservations Whether Spring AI's own spans and metrics of chat and embedding calls are written too.
 * @param finalClasses Whether a Spring AI chat model that is declared by a final class is measured; its bean then shows its
 *     interfaces only.
 */
@ConfigurationProperties(InstrumentationProperties.PREFIX)
record InstrumentationProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable Path pricesFile,
        @DefaultValue("false") boolean captureContent,
        @Nullable Integer contentMaxCharacters,
        @DefaultValue("true") boolean exceptionMessages,
        @Nullable Set<GenAiConventions> conventions,
        @DefaultValue("kit") Set<Profile> profiles,
        @DefaultValue Set<GenAiEvent> events,
        @DefaultValue List<String> metricKeys,
        @DefaultValue("50") int maxModels,
        @DefaultValue("true") boolean readBaggage,
        @DefaultValue("false") boolean springAiObservations,
        @DefaultValue("true") boolean finalClasses)
        implements TelemetryProperties {

    static final String PREFIX = "llm.instrumentation";

    /** Reads them without a bean of their own, which would end the start of the application at a wrong value. */
    static InstrumentationProperties of(Environment environment) {
        return Binder.get(environment).bindOrCreate(PREFIX, InstrumentationProperties.class);
    }
}
