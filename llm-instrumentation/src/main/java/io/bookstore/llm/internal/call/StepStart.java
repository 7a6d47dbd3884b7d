package io.bookstore.llm.internal.call;

import io.bookstore.llm.operation.CallContext;
import io.opentelemetry.context.Context;

/**
 * A step as it is known when it starts.
 *
 * @param step        the agent, the tool or the retrieval
 * @param callContext user, session and the like
 * @param parent      the context of the caller
 * @param startNanos  the start, by the telemetry's clock
 */
public record StepStart(Step step, CallContext callContext, Context parent, long startNanos) {}
