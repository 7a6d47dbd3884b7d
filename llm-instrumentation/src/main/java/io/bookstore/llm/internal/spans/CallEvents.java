package io.bookstore.llm.internal.spans;

import io.bookstore.llm.internal.call.CallListener;
import io.bookstore.llm.internal.call.CallSnapshot;
import io.bookstore.llm.internal.call.Failures;
import io.bookstore.llm.internal.call.Outcome;
import io.bookstore.llm.internal.conventions.IfKnown;
import io.bookstore.llm.operation.Evaluation;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.GenAiEvent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.context.Context;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes the events of a call to OpenTelemetry's logs, each under the call's span. */
public final class CallEvents implements CallListener {

    private static final AttributeKey<String> EVENT_NAME = AttributeKey.stringKey("event.name");

    private final Logger logger;
    private final Failures failures;
    private final InferenceAttributes inference;
    private final ExceptionAttributes exceptions;
    private final Set<GenAiConventions> conventions;
    private final Set<GenAiEvent> wanted;

    public CallEvents(
            Logger logger,
            Failures failures,
            InferenceAttributes inference,
            ExceptionAttributes exceptions,
            Set<GenAiConventions> conventions,
            Set<GenAiEvent> wanted) {
        this.logger = logger;
        this.failures = failures;
        this.inference = inference;
        this.exceptions = exceptions;
        this.conventions = conventions;
        this.wanted = wanted;
    }

    @Override
    public boolean wantsContent(Context context) {
        return inference.capturesContent() && wanted.contains(GenAiEvent.OPERATION_DETAILS);
    }

    @Override
    public void ended(CallSnapshot call) {
        if (wanted.contains(GenAiEvent.EXCEPTION) && call.outcome() instanceof Outcome.Failed failed) {
            emit(GenAiEvent.EXCEPTION, call.context(), attributes -> attributes.putAll(exceptions.of(failed.error())));
        }
        if (wanted.contains(GenAiEvent.OPERATION_DETAILS) && !call.start().embeddings()) {
            emit(GenAiEvent.OPERATION_DETAILS, call.context(), attributes -> {
                inference.putStart(attributes, call.start());
                inference.putEnd(attributes, call);
            });
        }
    }

    @Override
    public void evaluated(Context context, @Nullable String responseId, Evaluation evaluation) {
        emit(GenAiEvent.EVALUATION_RESULT, context, attributes -> {
            attributes.put(GenAiAttributes.EVALUATION_NAME, evaluation.name());
            IfKnown.put(attributes, GenAiAttributes.EVALUATION_SCORE_VALUE, evaluation.score());
            IfKnown.put(attributes, GenAiAttributes.EVALUATION_SCORE_LABEL, evaluation.label());
            IfKnown.put(attributes, GenAiAttributes.EVALUATION_EXPLANATION, evaluation.explanation());
            IfKnown.put(attributes, GenAiAttributes.RESPONSE_ID, responseId);
        });
    }

    /** Logs have names of events since API 1.50; the conventions before it had this attribute. */
    private static LogRecordBuilder named(LogRecordBuilder record, String name) {
        try {
            return record.setEventName(name);
        } catch (NoSuchMethodError olderApi) {
            return record.setAttribute(EVENT_NAME, name);
        }
    }

    private void emit(GenAiEvent event, Context context, Consumer<AttributesBuilder> content) {
        failures.guard("emit_event", () -> {
            AttributesBuilder attributes = Attributes.builder();
            content.accept(attributes);
            named(logger.logRecordBuilder(), event.wireName(conventions))
                    .setSeverity(event.severity())
                    .setContext(context)
                    .setAllAttributes(attributes.build())
                    .emit();
        });
    }
}
