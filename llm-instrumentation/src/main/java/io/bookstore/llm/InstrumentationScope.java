package io.bookstore.llm;

import io.bookstore.llm.internal.conventions.Generation;
import io.bookstore.llm.internal.conventions.Generations;
import io.bookstore.llm.semconv.GenAiConventions;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.LoggerBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerBuilder;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The name, version and schema under which this library tells of calls. */
public final class InstrumentationScope {

    /** The scope's name. */
    public static final String NAME = "io.bookstore.llm";

    /** The version of this library, in the form of its next release. */
    public static final String VERSION = "0.1.0";

    private InstrumentationScope() {}

    static Tracer tracer(OpenTelemetry openTelemetry, Set<GenAiConventions> conventions) {
        TracerBuilder builder = openTelemetry.tracerBuilder(NAME).setInstrumentationVersion(VERSION);
        String schema = schemaUrl(conventions);
        return (schema == null ? builder : builder.setSchemaUrl(schema)).build();
    }

    static Logger logger(OpenTelemetry openTelemetry, Set<GenAiConventions> conventions) {
        LoggerBuilder builder =
                openTelemetry.getLogsBridge().loggerBuilder(NAME).setInstrumentationVersion(VERSION);
        String schema = schemaUrl(conventions);
        return (schema == null ? builder : builder.setSchemaUrl(schema)).build();
    }

    /**
     * The address of the schema that has the names of these generations.
     *
     * @return null where one schema does not describe all names: several generations at once, and v0.1, which has none
     */
    public static @Nullable String schemaUrl(Set<GenAiConventions> conventions) {
        List<Generation> generations = Generations.of(conventions);
        String schema = generations.size() == 1 ? generations.get(0).schemaUrl() : "";
        return schema.isEmpty() ? null : schema;
    }
}
