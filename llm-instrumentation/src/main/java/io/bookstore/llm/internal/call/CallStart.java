package io.bookstore.llm.internal.call;

import io.bookstore.llm.operation.CallContext;
import io.bookstore.llm.operation.InferenceRequest;
import io.opentelemetry.context.Context;

/**
 * A call as it is known when it starts.
 *
 * @param request     the request
 * @param callContext user, prompt and the like, from the request, the context and the baggage
 * @param parent      the context of the caller
 * @param startNanos  the start, by the telemetry's clock
 */
public record CallStart(InferenceRequest request, CallContext callContext, Context parent, long startNanos) {

    public boolean embeddings() {
        return request.operation().equals("embeddings");
    }
}
