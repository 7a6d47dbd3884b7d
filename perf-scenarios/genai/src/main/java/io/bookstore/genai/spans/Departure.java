package io.bookstore.genai.spans;

import io.bookstore.llm.testing.Finding;

/**
 * A way in which a service departs from the conventions, with the first example of it.
 *
 * @param service the service's name; empty if it does not tell one
 * @param traceId trace of the example; empty for a metric
 * @param spanId  span of the example; empty for a metric
 */
record Departure(Finding finding, String service, String traceId, String spanId) {

    /** Returns the finding and its example as a line of text. */
    @Override
    public String toString() {
        String owner = service.isEmpty() ? "" : "service " + service;
        String example = traceId.isEmpty() ? "" : "trace " + traceId + ", span " + spanId;
        String place = owner + (owner.isEmpty() || example.isEmpty() ? "" : ", ") + example;
        return place.isEmpty() ? finding.toString() : finding + " (" + place + ")";
    }
}
