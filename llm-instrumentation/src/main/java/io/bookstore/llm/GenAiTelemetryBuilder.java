package io.bookstore.llm;

import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.cost.PriceList;
import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.metrics.MetricsRecorder;
import io.bookstore.llm.operation.CallContext;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.GenAiEvent;
import io.bookstore.llm.semconv.Profile;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Configures a {@link GenAiTelemetry}. Not thread-safe. */
public final class GenAiTelemetryBuilder {

    private static final int DEFAULT_MAX_MODELS = 50;

    final OpenTelemetry openTelemetry;
    final List<MetricsRecorder> recorders = new ArrayList<>();
    final List<AttributeKey<String>> metricKeys = new ArrayList<>();

    @Nullable
    Set<GenAiConventions> conventions;

    Set<Profile> profiles = EnumSet.of(Profile.KIT);
    Set<GenAiEvent> events = EnumSet.noneOf(GenAiEvent.class);
    Function<InferenceRequest, Attributes> attributes = request -> Attributes.empty();

    @Nullable
    Function<Throwable, ErrorType> errorClassifier;

    @Nullable
    ContentPolicy content;

    @Nullable
    PriceList prices;

    Clock clock = Clock.systemUTC();
    LongSupplier nanoTime = System::nanoTime;
    int maxModels = DEFAULT_MAX_MODELS;
    boolean readBaggage = true;
    boolean exceptionMessages = true;
    boolean enabled = true;

    GenAiTelemetryBuilder(OpenTelemetry openTelemetry) {
        this.openTelemetry = Objects.requireNonNull(openTelemetry, "openTelemetry");
    }

    /** Adds a backend for measurements; may be called several times. Default: none. */
    public GenAiTelemetryBuilder metrics(MetricsRecorder recorder) {
        recorders.add(Objects.requireNonNull(recorder, "recorder"));
        return this;
    }

    /**
     * Sets the prices of calls. Default: {@link PriceList#fromEnvironment} of this process's environment; if that cannot be read,
     * it is told as any other defect and {@link PriceList#bundled()} serves.
     */
    public GenAiTelemetryBuilder prices(PriceList value) {
        prices = Objects.requireNonNull(value, "prices");
        return this;
    }

    /**
     * Sets the generations of the conventions to write, side by side. Default: what {@code OTEL_SEMCONV_STABILITY_OPT_IN}
     * says in the environment, else {@link GenAiConventions#V1_41}.
     */
    public GenAiTelemetryBuilder conventions(GenAiConventions first, GenAiConventions... more) {
        conventions = EnumSet.of(first, more);
        return this;
    }

    /** Sets the names besides the conventions' that spans carry; no argument for none. Default: {@link Profile#KIT}. */
    public GenAiTelemetryBuilder profiles(Profile... values) {
        profiles = EnumSet.noneOf(Profile.class);
        profiles.addAll(List.of(values));
        return this;
    }

    /**
     * Sets the events of the conventions that each call writes through OpenTelemetry's logs. Default: none, since its span says
     * the same. {@link GenAiEvent#EVALUATION_RESULT} needs no mention: it is written whenever somebody tells one.
     */
    public GenAiTelemetryBuilder events(GenAiEvent... values) {
        events = EnumSet.noneOf(GenAiEvent.class);
        events.addAll(List.of(values));
        return this;
    }

    /** Sets the part of prompts and answers that goes onto spans. Default: nothing. */
    public GenAiTelemetryBuilder content(ContentPolicy policy) {
        content = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * Keeps the messages of exceptions on spans and in events, or leaves them out of both, stack traces included. With a
     * {@link #content} policy each message passes it, as the text of an answer with the role {@code error}. Default: true.
     */
    public GenAiTelemetryBuilder exceptionMessages(boolean value) {
        exceptionMessages = value;
        return this;
    }

    /** More attributes for the span of each inference, at its start. Default: none. */
    public GenAiTelemetryBuilder attributes(Function<InferenceRequest, Attributes> extractor) {
        attributes = Objects.requireNonNull(extractor, "extractor");
        return this;
    }

    /**
     * Sets the first judge of an exception's meaning; what it calls {@link ErrorType#OTHER} is left to the default.
     * Default: what the wrappers of a framework know of its exceptions, and {@link ErrorType#of}.
     */
    public GenAiTelemetryBuilder errors(Function<Throwable, ErrorType> classifier) {
        errorClassifier = Objects.requireNonNull(classifier, "classifier");
        return this;
    }

    /**
     * Labels that metrics of whole calls carry besides the conventions', out of the {@link CallContext} or a request's
     * attributes. Each may take {@link #maxModels} values, the next ones are {@code other}. Default: none.
     */
    public GenAiTelemetryBuilder metricKeys(String... keys) {
        for (String key : keys) {
            if (key.isBlank()) {
                throw new IllegalArgumentException("metricKeys must name attributes, one was blank");
            }
            metricKeys.add(AttributeKey.stringKey(key));
        }
        return this;
    }

    /** Allows the {@link CallContext} to come from OpenTelemetry's baggage. Default: true. */
    public GenAiTelemetryBuilder readBaggage(boolean value) {
        readBaggage = value;
        return this;
    }

    /** Tells the day by whose prices a call is paid, and to Langfuse when an answer began. Default: the system's. */
    public GenAiTelemetryBuilder clock(Clock value) {
        clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /** Nanoseconds of a clock that only goes forward. Default: {@link System#nanoTime()}. */
    public GenAiTelemetryBuilder nanoTime(LongSupplier value) {
        nanoTime = Objects.requireNonNull(value, "nanoTime");
        return this;
    }

    /**
     * The number of names of models asked, of models that answered, of providers, operations, servers, rate limits and tools
     * metrics may carry, each, and how many ports; the next ones are {@code other} there (a port is left out), spans carry
     * them all. Default: 50.
     */
    public GenAiTelemetryBuilder maxModels(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("maxModels must be >= 1, was " + value);
        }
        maxModels = value;
        return this;
    }

    /** Switches all measuring on or off. Default: true. */
    public GenAiTelemetryBuilder enabled(boolean value) {
        enabled = value;
        return this;
    }

    public GenAiTelemetry build() {
        return new GenAiTelemetry(this);
    }

    Set<GenAiConventions> chosenConventions() {
        return conventions == null
                ? GenAiConventions.chosenBy(System.getenv(GenAiConventions.OPT_IN_VARIABLE))
                : conventions;
    }
}
