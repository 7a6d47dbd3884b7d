package io.bookstore.llm.spring;

import io.bookstore.llm.GenAiTelemetry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationPredicate;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.embedding.observation.EmbeddingModelObservationContext;
import org.springframework.beans.factory.ObjectProvider;

/** Switches off Spring AI's own spans and metrics of chat and embedding calls, which are measured here; others stay. */
final class SpringAiObservations implements ObservationPredicate {

    private final ObjectProvider<GenAiTelemetry> telemetry;

    SpringAiObservations(ObjectProvider<GenAiTelemetry> telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public boolean test(String name, Observation.Context context) {
        boolean measuredHere =
                context instanceof ChatModelObservationContext || context instanceof EmbeddingModelObservationContext;
        return !measuredHere || !telemetry.getObject().enabled();
    }
}
