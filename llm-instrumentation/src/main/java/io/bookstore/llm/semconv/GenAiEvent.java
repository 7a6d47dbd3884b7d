package io.bookstore.llm.semconv;

import io.opentelemetry.api.logs.Severity;

/** The events of the conventions, by their names on the wire; semantic-conventions-genai v0.1.0, {@code gen-ai-events}. */
public enum GenAiEvent {
    /** Why a call failed: class, message and stack trace. Its span has them too, as an event of its own. */
    EXCEPTION("gen_ai.client.operation.exception", Severity.WARN),
    /** Everything that the span of a call says, for whoever keeps logs and not spans. */
    OPERATION_DETAILS("gen_ai.client.inference.operation.details", Severity.DEBUG),
    /** What somebody found about the quality of an answer. */
    EVALUATION_RESULT("gen_ai.evaluation.result", Severity.INFO);

    private final String wireName;
    private final Severity severity;

    GenAiEvent(String wireName, Severity severity) {
        this.wireName = wireName;
        this.severity = severity;
    }

    public String wireName() {
        return wireName;
    }

    public Severity severity() {
        return severity;
    }
}
