package io.bookstore.llm;

import io.bookstore.llm.semconv.GenAiAttributes;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.GenAiEvent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Logger;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is said of a call beside its span, through OpenTelemetry's logs, each event under the call's span. */
final class CallEvents {

    private static final AttributeKey<String> EVENT_NAME = AttributeKey.stringKey("event.name");

    private final Logger logger;
    private final Failures failures;
    private final InferenceSpan span;
    private final ExceptionAttributes exceptions;
    private final Set<GenAiConventions> conventions;
    private final Set<GenAiEvent> wanted;

    CallEvents(
            Logger logger,
            Failures failures,
            InferenceSpan span,
            ExceptionAttributes exceptions,
            Set<GenAiConventions> conventions,
            Set<GenAiEvent> wanted) {
        this.logger = logger;
        this.failures = failures;
        this.span = span;
        this.exceptions = exceptions;
        this.conventions = conventions;
        this.wanted = wanted;
    }

    boolean wants(GenAiEvent event) {
        return wanted.contains(event);
    }

    void ended(Inference call, Outcome outcome) {
        if (wanted.contains(GenAiEvent.EXCEPTION) && outcome instanceof Outcome.Failed failed) {
            emit(GenAiEvent.EXCEPTION, call, attributes -> attributes.putAll(exceptions.of(failed.error())));
        }
        if (wanted.contains(GenAiEvent.OPERATION_DETAILS)
                && !call.request().operation().equals("embeddings")) {
            emit(GenAiEvent.OPERATION_DETAILS, call, attributes -> {
                span.onStart(attributes, call);
                span.onEnd(attributes, call, outcome);
            });
        }
    }

    void evaluated(Inference call, Evaluation evaluation) {
        emit(GenAiEvent.EVALUATION_RESULT, call, attributes -> {
            attributes.put(GenAiAttributes.EVALUATION_NAME, evaluation.name());
            put(attributes, GenAiAttributes.EVALUATION_SCORE_VALUE, evaluation.score());
            put(attributes, GenAiAttributes.EVALUATION_SCORE_LABEL, evaluation.label());
            put(attributes, GenAiAttributes.EVALUATION_EXPLANATION, evaluation.explanation());
            put(attributes, GenAiAttributes.RESPONSE_ID, call.responseId());
        });
    }

    private static <T> void put(AttributesBuilder attributes, AttributeKey<T> key, @Nullable T value) {
        if (value != null) {
            attributes.put(key, value);
        }
    }

    /** Logs have names of events since API 1.50; the conventions before it had this attribute. */
    private static LogRecordBuilder named(LogRecordBuilder record, String name) {
        try {
            return record.setEventName(name);
        } catch (NoSuchMethodError olderApi) {
            return record.setAttribute(EVENT_NAME, name);
        }
    }

    private void emit(GenAiEvent event, Inference call, Consumer<AttributesBuilder> content) {
        failures.guard("emit_event", () -> {
            AttributesBuilder attributes = Attributes.builder();
            content.accept(attributes);
            named(logger.logRecordBuilder(), event.wireName(conventions))
                    .setSeverity(event.severity())
                    .setContext(call.context())
                    .setAllAttributes(attributes.build())
                    .emit();
        });
    }
}
