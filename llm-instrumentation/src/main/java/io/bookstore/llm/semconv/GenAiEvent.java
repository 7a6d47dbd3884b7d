package io.bookstore.llm.semconv;

import io.opentelemetry.api.logs.Severity;
import java.util.EnumSet;
import java.util.Set;

/** The events of the conventions, by their names on the wire; semantic-conventions v1.41.1 and
 * semantic-conventions-genai v0.1.0, {@code gen-ai-events}. */
public enum GenAiEvent {
    /** The exception of a failed call: class, message and stack trace. The span has it too, as an event of its own. */
    EXCEPTION("gen_ai.client.operation.exception", "gen_ai.client.inference.exception", Severity.WARN),
    /** All that the span of a call says, for hosts that keep logs and not spans. */
    OPERATION_DETAILS(
            "gen_ai.client.inference.operation.details", "gen_ai.client.inference.operation.details", Severity.DEBUG),
    /** A judgement about the quality of an answer. */
    EVALUATION_RESULT("gen_ai.evaluation.result", "gen_ai.evaluation.result", Severity.INFO);

    private final String nameInV141;
    private final String nameInV01;
    private final Severity severity;

    GenAiEvent(String nameInV141, String nameInV01, Severity severity) {
        this.nameInV141 = nameInV141;
        this.nameInV01 = nameInV01;
        this.severity = severity;
    }

    /**
     * The event's name on the wire. An event is written once: where generations name it differently, older readers win.
     *
     * @param conventions the generations that are written side by side
     */
    public String wireName(Set<GenAiConventions> conventions) {
        return conventions.equals(EnumSet.of(GenAiConventions.V0_1)) ? nameInV01 : nameInV141;
    }

    public Severity severity() {
        return severity;
    }
}
