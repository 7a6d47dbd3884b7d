package io.bookstore.llm;

import io.bookstore.llm.internal.call.CallListener;
import io.bookstore.llm.internal.call.CallListeners;
import io.bookstore.llm.internal.call.Failures;
import io.bookstore.llm.internal.conventions.Generation;
import io.bookstore.llm.internal.conventions.Generations;
import io.bookstore.llm.internal.jfr.JfrListener;
import io.bookstore.llm.internal.metrics.CallMetrics;
import io.bookstore.llm.internal.profiles.ProfileTags;
import io.bookstore.llm.internal.profiles.Profiles;
import io.bookstore.llm.internal.spans.AgentUsage;
import io.bookstore.llm.internal.spans.CallEvents;
import io.bookstore.llm.internal.spans.CallSpans;
import io.bookstore.llm.internal.spans.ExceptionAttributes;
import io.bookstore.llm.internal.spans.InferenceAttributes;
import io.bookstore.llm.internal.spans.SpanWriter;
import io.bookstore.llm.internal.spans.StepAttributes;
import io.bookstore.llm.metrics.MetricsRecorder;
import io.bookstore.llm.semconv.GenAiConventions;
import java.util.List;
import java.util.Set;

/** The listeners of a telemetry: whatever turns its calls and steps into spans, metrics or events. */
final class Listeners {

    private Listeners() {}

    /** Returns them as one, told in this order. */
    static CallListener of(GenAiTelemetryBuilder builder, List<MetricsRecorder> recorders, Failures failures) {
        Set<GenAiConventions> conventions = builder.chosenConventions();
        List<Generation> generations = Generations.of(conventions);
        List<ProfileTags> profiles = Profiles.of(builder.profiles);
        InferenceAttributes inference =
                new InferenceAttributes(failures, generations, builder.attributes, profiles, builder.content);
        ExceptionAttributes exceptions = new ExceptionAttributes(failures, builder.content, builder.exceptionMessages);
        return new CallListeners(
                // First, so that its events last as long as the calls and not as long as the other listeners.
                flightRecorder(failures),
                new CallMetrics(recorders, failures, generations, builder.metricKeys, builder.maxModels),
                new CallEvents(
                        InstrumentationScope.logger(builder.openTelemetry, conventions),
                        failures,
                        inference,
                        exceptions,
                        conventions,
                        Set.copyOf(builder.events)),
                new CallSpans(
                        failures,
                        new SpanWriter(InstrumentationScope.tracer(builder.openTelemetry, conventions), exceptions),
                        inference,
                        new StepAttributes(failures, generations, profiles, builder.content)),
                new AgentUsage.Listener());
    }

    /** The events of the Flight Recorder; none in a runtime without the module {@code jdk.jfr}. */
    private static CallListener flightRecorder(Failures failures) {
        try {
            return JfrListener.create(failures);
        } catch (LinkageError absent) {
            return new CallListener() {};
        }
    }
}
