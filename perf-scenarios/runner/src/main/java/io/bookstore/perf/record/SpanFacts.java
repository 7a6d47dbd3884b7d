package io.bookstore.perf.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Defects of the service's telemetry that its spans, and the provider's journal, show by themselves.
 *
 * @param lost     requests whose trace the service did not carry on; null if it did, or nothing tells
 * @param internal calls to a provider whose span has the kind INTERNAL, by service; none if nothing arrived
 * @param crowded  traces with more calls to a model, attempts at a provider, or requests of an HTTP client, than one record keeps;
 *                 the first 5,000 are counted
 * @param asked    good answers of a model with the span of a call, or an attempt in the journal, under their own id
 */
public record SpanFacts(@Nullable LostTraces lost, List<InternalSpans> internal, long crowded, long asked) {

    /** The facts where nothing is known, or nothing is wrong. */
    public static final SpanFacts NONE = new SpanFacts(null, List.of(), 0, 0);

    public SpanFacts {
        internal = List.copyOf(internal);
    }

    /** The hops on which a trace is carried on, in the order in which a request passes them. */
    public enum Hop {
        /** The span of the request in the service. */
        SERVER,
        /** The span of the call to the model. */
        MODEL,
        /** The attempt in the provider's journal. */
        JOURNAL
    }

    /**
     * Requests of which none has its span, or its attempt, under its own trace id.
     *
     * @param hop   the first one on which the trace is lost
     * @param requests answered requests that should have one
     * @param others   those of them that have one under another trace id instead, at the same time
     */
    public record LostTraces(Hop hop, long requests, long others) {}

    /** @param service {@code service.name} of the spans; empty if they do not tell */
    public record InternalSpans(String service, long spans) {}
}
