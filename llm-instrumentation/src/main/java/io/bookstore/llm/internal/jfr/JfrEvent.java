package io.bookstore.llm.internal.jfr;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** The fields that lead from an event of the Flight Recorder to its trace. */
@Category("LLM")
@Enabled(false)
@StackTrace(false)
abstract class JfrEvent extends Event {

    private static final int MAX_LENGTH = 256;

    @Label("Trace Id")
    @Description("Trace of OpenTelemetry, sampled or not")
    @Nullable
    String traceId;

    @Label("Span Id")
    @Description("Span of the operation")
    @Nullable
    String spanId;

    /** Returns the value as an event keeps it: nothing longer is a name. */
    static @Nullable String cut(@Nullable String value) {
        return value == null || value.length() <= MAX_LENGTH ? value : value.substring(0, MAX_LENGTH);
    }

    final void putSpan(Context context) {
        SpanContext span = Span.fromContext(context).getSpanContext();
        if (span.isValid()) {
            traceId = span.getTraceId();
            spanId = span.getSpanId();
        }
    }
}
