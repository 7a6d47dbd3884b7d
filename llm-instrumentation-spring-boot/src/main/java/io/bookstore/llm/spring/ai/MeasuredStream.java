package io.bookstore.llm.spring.ai;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.opentelemetry.context.Scope;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

/** A stream of which each subscription is a call of its own. */
final class MeasuredStream extends Flux<ChatResponse> {

    private final Flux<ChatResponse> source;
    private final GenAiTelemetry telemetry;
    private final Supplier<@Nullable Inference> start;

    MeasuredStream(Flux<ChatResponse> source, GenAiTelemetry telemetry, Supplier<@Nullable Inference> start) {
        this.source = source;
        this.telemetry = telemetry;
        this.start = start;
    }

    @Override
    public void subscribe(CoreSubscriber<? super ChatResponse> caller) {
        Inference inference = started(caller.currentContext());
        if (inference == null) {
            source.subscribe(caller);
            return;
        }
        try (Scope ignored = inference.makeCurrent()) {
            source.subscribe(new MeasuringSubscriber(caller, telemetry, inference));
        }
    }

    /** The caller's context is where Reactor keeps it; the thread may have another one, or none. */
    private @Nullable Inference started(ContextView context) {
        Observation caller = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
        if (caller == null || caller.getObservationRegistry().getCurrentObservation() == caller) {
            return start.get();
        }
        try (Observation.Scope ignored = caller.openScope()) {
            return start.get();
        }
    }
}
