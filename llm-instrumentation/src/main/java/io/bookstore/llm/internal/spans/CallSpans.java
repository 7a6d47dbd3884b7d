package io.bookstore.llm.internal.spans;

import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.internal.call.AttemptResult;
import io.bookstore.llm.internal.call.CallListener;
import io.bookstore.llm.internal.call.CallSnapshot;
import io.bookstore.llm.internal.call.CallStart;
import io.bookstore.llm.internal.call.Failures;
import io.bookstore.llm.internal.call.Outcome;
import io.bookstore.llm.internal.call.Step;
import io.bookstore.llm.internal.call.StepSnapshot;
import io.bookstore.llm.internal.call.StepStart;
import io.bookstore.llm.internal.conventions.IfKnown;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes one span of each call and of each step. */
public final class CallSpans implements CallListener {

    private static final double NANOS = 1e9;

    private final Failures failures;
    private final SpanWriter spans;
    private final InferenceAttributes inference;
    private final StepAttributes steps;

    public CallSpans(Failures failures, SpanWriter spans, InferenceAttributes inference, StepAttributes steps) {
        this.failures = failures;
        this.spans = spans;
        this.inference = inference;
        this.steps = steps;
    }

    @Override
    public Context started(CallStart call, Context context) {
        return started(
                context,
                InferenceAttributes.spanName(call.request()),
                SpanKind.CLIENT,
                attributes -> inference.putStart(attributes, call));
    }

    @Override
    public Context stepStarted(StepStart start, Context context) {
        Step step = start.step();
        return started(context, step.spanName(), step.kind(), attributes -> steps.putStart(attributes, start));
    }

    private Context started(Context context, String name, SpanKind kind, Consumer<AttributesBuilder> attributes) {
        try {
            return spans.start(context, name, kind, attributes);
        } catch (Throwable e) {
            failures.note("start_span", e);
            return context;
        }
    }

    @Override
    public boolean wantsContent(Context context) {
        return inference.capturesContent() && Span.fromContext(context).isRecording();
    }

    @Override
    public void attemptEnded(CallStart call, Context context, AttemptResult attempt) {
        if (attempt.error() != null && hasOwnSpan(context, call.parent())) {
            Span.fromContext(context).addEvent(GenAiAttributes.ATTEMPT_EVENT, failure(attempt, attempt.error()));
        }
    }

    private static Attributes failure(AttemptResult attempt, ErrorType error) {
        AttributesBuilder attributes = Attributes.builder()
                .put(GenAiAttributes.ATTEMPT_NUMBER, (long) attempt.number())
                .put(GenAiAttributes.ERROR_TYPE, error.wireName());
        IfKnown.putLong(attributes, GenAiAttributes.HTTP_RESPONSE_STATUS_CODE, attempt.status());
        Duration wait = attempt.retryAfter();
        if (wait != null) {
            // Not toNanos(): a provider may ask for more centuries than fit.
            attributes.put(GenAiAttributes.ATTEMPT_RETRY_AFTER, wait.getSeconds() + wait.getNano() / NANOS);
        }
        return attributes.build();
    }

    @Override
    public void ended(CallSnapshot call) {
        Throwable error = call.outcome() instanceof Outcome.Failed failed ? failed.error() : null;
        end(call.context(), call.start().parent(), error, span -> inference.putEnd(span, call));
    }

    @Override
    public void stepEnded(StepSnapshot step) {
        end(step.context(), step.start().parent(), step.end().error(), span -> steps.putEnd(span, step));
    }

    private void end(
            Context context, Context parent, @Nullable Throwable error, Consumer<AttributesBuilder> attributes) {
        if (hasOwnSpan(context, parent)) {
            try {
                spans.end(context, error, attributes);
            } catch (Throwable e) {
                failures.note("end_span", e);
            }
        }
    }

    /** Returns false where making the span failed: the current span is the host's own then. */
    private static boolean hasOwnSpan(Context context, Context parent) {
        return Span.fromContext(context) != Span.fromContext(parent);
    }
}
