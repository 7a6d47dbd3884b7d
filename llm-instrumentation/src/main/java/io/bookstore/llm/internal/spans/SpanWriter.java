package io.bookstore.llm.internal.spans;

import io.bookstore.llm.error.CauseChain;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts and ends spans through OpenTelemetry's stable API alone, so that any version of it does. */
public final class SpanWriter {

    private static final String EXCEPTION_EVENT = "exception";

    private final Tracer tracer;
    private final ExceptionAttributes exceptions;

    public SpanWriter(Tracer tracer, ExceptionAttributes exceptions) {
        this.tracer = tracer;
        this.exceptions = exceptions;
    }

    /** Starts a span below {@code parent}; its attributes are there when samplers decide. */
    Context start(Context parent, String name, SpanKind kind, Consumer<AttributesBuilder> attributes) {
        SpanBuilder span = tracer.spanBuilder(name).setParent(parent).setSpanKind(kind);
        attributes.accept(new SpanAttributes(span::setAttribute));
        return parent.with(span.startSpan());
    }

    /**
     * Ends the span of {@code context}, whatever fails on the way. An error is its status and an event of it; a failure
     * without an exception, told by its type, is its status.
     */
    void end(Context context, @Nullable Throwable error, Consumer<AttributesBuilder> attributes) {
        Span span = Span.fromContext(context);
        try {
            if (!span.isRecording()) {
                return;
            }
            if (error != null) {
                span.setStatus(StatusCode.ERROR);
                span.addEvent(EXCEPTION_EVENT, exceptions.of(unwrapped(error)));
            }
            SpanAttributes atEnd = new SpanAttributes(span::setAttribute);
            attributes.accept(atEnd);
            if (atEnd.haveErrorType()) {
                span.setStatus(StatusCode.ERROR);
            }
        } finally {
            span.end();
        }
    }

    /** The exception of a task, without the envelope in which a future hands it on. */
    private static Throwable unwrapped(Throwable error) {
        for (Throwable cause : CauseChain.of(error)) {
            boolean envelope = cause instanceof ExecutionException || cause instanceof CompletionException;
            if (!envelope || cause.getCause() == null) {
                return cause;
            }
        }
        return error;
    }
}
