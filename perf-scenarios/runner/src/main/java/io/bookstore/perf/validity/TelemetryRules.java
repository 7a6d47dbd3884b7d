package io.bookstore.perf.validity;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.record.SpanFacts;

/** Rules about what the service told of its calls. */
final class TelemetryRules {

    private final Circumstances circumstances;
    private final Findings findings;

    TelemetryRules(Circumstances circumstances, Findings findings) {
        this.circumstances = circumstances;
        this.findings = findings;
    }

    void look() {
        lookForLostTraces();
        lookForInternalSpans();
        lookForCrowdedTraces();
    }

    private void lookForLostTraces() {
        SpanFacts.LostTraces lost = circumstances.spans().lost();
        if (lost != null) {
            findings.add(
                    ValidityRule.LOST_TRACES,
                    switch (lost.hop()) {
                        case SERVER ->
                            "None of %,d good answers has a server span under the trace id that its request sent, and %,d have one"
                                    + " under another at the same time: the service does not read traceparent, so its time cannot be"
                                    + " told from the network's; let it take the W3C trace context from requests.";
                        case MODEL ->
                            "None of %,d good answers has the span of its call to the model under its trace id, and %,d have one"
                                    + " under another at the same time: the service loses the trace on the way to its calls, so their"
                                    + " time cannot be told from its own; pass the context on to the threads that call.";
                        case JOURNAL ->
                            "None of %,d good answers has an attempt under its id in the provider's journal, and %,d have one under"
                                    + " another at the same time: the service passes neither traceparent nor X-Request-Id on, so"
                                    + " attempts and waits cannot be joined; send one of them to the provider.";
                    },
                    lost.requests(),
                    lost.others());
        }
    }

    private void lookForInternalSpans() {
        for (SpanFacts.InternalSpans each : circumstances.spans().internal()) {
            findings.add(
                    ValidityRule.INTERNAL_SPANS,
                    "%s of a call to a provider in %s %s the kind INTERNAL, where OpenTelemetry's conventions demand CLIENT, so"
                            + " tools that look for calls to others miss them: start them as CLIENT.",
                    Quantity.count(each.spans(), "span"),
                    each.service().isEmpty() ? "a service without a name" : "the service \"" + each.service() + "\"",
                    each.spans() == 1 ? "has" : "have");
        }
    }

    private void lookForCrowdedTraces() {
        long crowded = circumstances.spans().crowded();
        if (crowded > 0) {
            findings.add(
                    ValidityRule.CROWDED_TRACES,
                    "%s more than 1,000 calls to a model, attempts at a provider, or requests of an HTTP client, and its record has the"
                            + " first 1,000 of each: look in the service for a loop, or for work that goes on in the trace of a request.",
                    Quantity.count(crowded, "trace") + (crowded == 1 ? " has" : " have"));
        }
    }
}
