package io.bookstore.llm;

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

    @Label("Trace Id")
    @Description("Trace of OpenTelemetry, sampled or not")
    @Nullable
    String traceId;

    @Label("Span Id")
    @Description("Span of the operation")
    @Nullable
    String spanId;

    final void putSpan(Context context) {
        SpanContext span = Span.fromContext(context).getSpanContext();
        if (span.isValid()) {
            traceId = span.getTraceId();
            spanId = span.getSpanId();
        }
    }
}
