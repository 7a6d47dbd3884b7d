package io.bookstore.llm;

import io.opentelemetry.context.Context;

/**
 * A tool's execution as it is known when it starts.
 *
 * @param request     the request
 * @param callContext user, session and the like
 * @param parent      the context of the caller
 * @param startNanos  the start, by the telemetry's clock
 */
record ToolStart(ToolRequest request, CallContext callContext, Context parent, long startNanos) {}
