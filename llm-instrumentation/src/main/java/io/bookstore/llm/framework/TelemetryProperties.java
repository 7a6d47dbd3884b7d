package io.bookstore.llm.framework;

import io.bookstore.llm.GenAiTelemetryBuilder;
import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.GenAiEvent;
import io.bookstore.llm.semconv.Profile;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The properties {@code llm.instrumentation.*} of an application, bound by its framework. A framework's record of them has these
 * names, so that it documents each property where the framework looks for that.
 */
public interface TelemetryProperties {

    /** Returns whether LLM calls are measured. Default of the property: true. */
    boolean enabled();

    /** Returns the file of prices that go before those of the environment and the library, or null for none. */
    @Nullable
    Path pricesFile();

    /** Returns whether prompts and answers go onto spans. Default of the property: false. */
    boolean captureContent();

    /** Returns the number of characters after which each captured text is cut ({@link ContentPolicy#cutAt}), or null for no cut. */
    @Nullable
    Integer contentMaxCharacters();

    /** Returns the value of {@link GenAiTelemetryBuilder#exceptionMessages}. */
    boolean exceptionMessages();

    /** Returns the generations to write, or null or none for the builder's default. */
    @Nullable
    Set<GenAiConventions> conventions();

    /** Returns the values of {@link GenAiTelemetryBuilder#profiles}. */
    Set<Profile> profiles();

    /** Returns the values of {@link GenAiTelemetryBuilder#events}. */
    Set<GenAiEvent> events();

    /** Returns the values of {@link GenAiTelemetryBuilder#metricKeys}. */
    List<String> metricKeys();

    /** Returns the value of {@link GenAiTelemetryBuilder#maxModels}. */
    int maxModels();

    /** Returns the value of {@link GenAiTelemetryBuilder#readBaggage}. */
    boolean readBaggage();
}
