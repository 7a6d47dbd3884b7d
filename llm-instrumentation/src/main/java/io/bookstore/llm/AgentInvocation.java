package io.bookstore.llm;

import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.operation.AgentRequest;
import io.bookstore.llm.operation.CallContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An agent at work: one INTERNAL span above its calls, tools and retrievals, with the tokens of all calls below it.
 * Thread-safe; the first of {@link #complete}, {@link #fail} and {@link #cancel} decides, whatever comes later is ignored.
 * Nothing here throws.
 */
public final class AgentInvocation implements AutoCloseable {

    static final ContextKey<AgentInvocation> AGENT = ContextKey.named("llm-agent");

    private final AgentRequest request;
    private final StepExecution step;
    private final Context parent;
    private final Context context;

    AgentInvocation(AgentRequest request, StepExecution step, Context parent, CallContext callContext) {
        this.request = request;
        this.step = step;
        this.parent = parent;
        this.context = callContext.storeInContext(step.context().with(AGENT, this));
    }

    /** An agent that nobody measures. */
    AgentInvocation(AgentRequest request, StepExecution notMeasured, Context parent) {
        this.request = request;
        this.step = notMeasured;
        this.parent = parent;
        this.context = parent;
    }

    /** The innermost agent that the current thread works for, or null. */
    public static @Nullable AgentInvocation current() {
        return Context.current().get(AGENT);
    }

    public AgentRequest request() {
        return request;
    }

    /** The context in which the agent was started: work that follows from its answer belongs there. */
    public Context parent() {
        return parent;
    }

    /** The context with the agent's span and conversation; for callbacks on other threads. */
    public Context context() {
        return context;
    }

    /** Makes the span current on this thread until the scope is closed, which must happen on this thread. */
    @SuppressWarnings("MustBeClosedChecker") // Closing it is the caller's part, as the contract says.
    public Scope makeCurrent() {
        return context.makeCurrent();
    }

    /** Ends the agent: the whole answer is there. */
    public void complete() {
        step.complete(null);
    }

    /** Ends the agent as failed; as cancelled if the error says that nobody waits any more. */
    public void fail(Throwable error) {
        fail(error, ErrorType::of);
    }

    /**
     * Ends the agent as failed; the telemetry's classifier tells the meaning of the exception or, if that leaves it open,
     * {@code otherwise} does.
     */
    public void fail(Throwable error, Function<Throwable, ErrorType> otherwise) {
        step.fail(error, otherwise);
    }

    /** Ends the agent as cancelled: nobody waits for it any more. Ignored once it has ended. */
    public void cancel() {
        step.cancel();
    }

    /**
     * Cancels the agent once neither its handle nor its context is reachable, for nothing can end it then: a stream that
     * was never started, or that its host has dropped.
     */
    public void cancelWhenUnreachable() {
        // The step reaches neither this handle nor its context.
        step.cancelWhenUnreachable(this);
    }

    /** Cancels unless the agent has ended. */
    @Override
    public void close() {
        cancel();
    }
}
