package io.bookstore.llm;

import io.bookstore.llm.cost.PriceList;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.internal.call.CallStart;
import io.bookstore.llm.internal.call.Failures;
import io.bookstore.llm.internal.call.Step;
import io.bookstore.llm.internal.call.StepStart;
import io.bookstore.llm.internal.spans.AgentUsage;
import io.bookstore.llm.metrics.MetricsRecorder;
import io.bookstore.llm.operation.AgentRequest;
import io.bookstore.llm.operation.CallContext;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.bookstore.llm.operation.RetrievalRequest;
import io.bookstore.llm.operation.ToolRequest;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one door: makes a span and the metrics of each call to a model, and a span of each agent, tool and retrieval.
 * Thread-safe; build it once.
 *
 * <p>Nothing that goes wrong here reaches the host: it is counted, and logged once for each cause at WARN.
 */
public final class GenAiTelemetry {

    private static final InferenceRequest NOBODY_ASKED =
            InferenceRequest.chat("none", null).build();

    private final CallRuntime runtime;
    private final boolean readBaggage;
    private final boolean enabled;
    private final Inference disabledCall;

    GenAiTelemetry(GenAiTelemetryBuilder builder) {
        List<MetricsRecorder> recorders = List.copyOf(builder.recorders);
        Failures failures = new Failures(recorders);
        PriceList prices = builder.prices == null ? CallPrices.ofEnvironment(failures) : builder.prices;
        this.runtime = new CallRuntime(
                Listeners.of(builder, recorders, failures),
                new CallPrices(prices, builder.clock, failures),
                builder.clock,
                builder.nanoTime,
                failures,
                new Unreachables(),
                builder.errorClassifier);
        this.readBaggage = builder.readBaggage;
        this.enabled = builder.enabled;
        this.disabledCall = new Inference(runtime, NOBODY_ASKED);
    }

    /** Spans and the bundled prices, no metrics. */
    public static GenAiTelemetry create(OpenTelemetry openTelemetry) {
        return builder(openTelemetry).build();
    }

    /** Starts a configuration; every setting has a default. */
    public static GenAiTelemetryBuilder builder(OpenTelemetry openTelemetry) {
        return new GenAiTelemetryBuilder(openTelemetry);
    }

    /** Returns false if no call is measured; wrappers need not even build requests then. */
    public boolean enabled() {
        return enabled;
    }

    /**
     * Starts a call. The caller ends it with exactly one of {@link Inference#complete}, {@link Inference#fail} and
     * {@link Inference#cancel}.
     *
     * <p>Directly within a call of the same operation and model, or where one of both does not know its model, this is the
     * same call seen by another wrapper: what is returned then is not {@link Inference#measured}, so that nothing is counted
     * twice. A call of another model, and any call within a tool, is one of its own.
     */
    public Inference start(InferenceRequest request) {
        if (!enabled) {
            return disabledCall;
        }
        Inference outer = Inference.current();
        if (outer != null && SameCall.describedBy(outer.request(), request)) {
            return new Inference(runtime, request);
        }
        Context parent = Context.current();
        return new Inference(runtime, new CallStart(request, effective(request.context(), parent), parent, nanoTime()));
    }

    private CallContext effective(CallContext own, Context parent) {
        return CallContext.effective(own, parent, readBaggage);
    }

    private long nanoTime() {
        return runtime.nanoTime().getAsLong();
    }

    /**
     * Makes a call: starts it, runs {@code body} with its span current, and ends it with what {@code reader} finds in the
     * result. What the body throws is rethrown as it is; what the reader throws is not.
     */
    public <T> T call(InferenceRequest request, Callable<T> body, Function<T, InferenceResponse> reader)
            throws Exception {
        if (!enabled) {
            return body.call();
        }
        Inference call = start(request);
        try (Scope ignored = call.makeCurrent()) {
            T result = body.call();
            runtime.failures().guard("read_response", () -> call.complete(reader.apply(result)));
            return result;
        } catch (Throwable error) {
            call.fail(error);
            throw error;
        } finally {
            call.complete(InferenceResponse.of(null, TokenUsage.UNKNOWN));
        }
    }

    /**
     * Makes a call whose answer comes in pieces: starts it and runs {@code body} with its span current. The body tells of
     * each {@link Inference#chunk} and of the whole answer by {@link Inference#complete}; what it returns is returned.
     *
     * <p>A call that the body left without an end is cancelled. An exception of the body fails the call, or cancels it if
     * it is a cancellation or an interrupt, and is rethrown as it is.
     */
    public <T extends @Nullable Object, E extends Exception> T stream(InferenceRequest request, StreamBody<T, E> body)
            throws E {
        Inference call = start(request);
        try (Scope ignored = call.makeCurrent()) {
            return body.run(call);
        } catch (Throwable error) {
            call.fail(error);
            throw error;
        } finally {
            call.close();
        }
    }

    /**
     * Starts a tool's execution. The caller ends it with exactly one of {@link ToolExecution#complete},
     * {@link ToolExecution#fail} and {@link ToolExecution#cancel}.
     */
    public ToolExecution startTool(ToolRequest request) {
        AgentInvocation agent = AgentInvocation.current();
        Step step = new Step.Tool(request, agent == null ? null : agent.request());
        return new ToolExecution(request, start(step, parentOfStep()));
    }

    /**
     * Starts a retrieval. The caller ends it with exactly one of {@link Retrieval#complete}, {@link Retrieval#fail} and
     * {@link Retrieval#cancel}.
     */
    public Retrieval startRetrieval(RetrievalRequest request) {
        return new Retrieval(start(new Step.Retrieval(request), parentOfStep()));
    }

    /**
     * Starts an agent: calls, tools, retrievals and other agents are below it while it is current. The caller ends it with
     * exactly one of {@link AgentInvocation#complete}, {@link AgentInvocation#fail} and {@link AgentInvocation#cancel}.
     */
    public AgentInvocation startAgent(AgentRequest request) {
        Step step = new Step.Agent(request);
        Context caller = Context.current();
        if (!enabled) {
            return new AgentInvocation(request, start(step, caller), caller);
        }
        StepExecution started = start(step, AgentUsage.startIn(parentOfStep()));
        return new AgentInvocation(request, started, caller, effective(request.context(), caller));
    }

    /** The calls of a step are its own, whatever call it serves. */
    private Context parentOfStep() {
        return enabled ? Context.current().with(Inference.CALL, disabledCall) : Context.current();
    }

    private StepExecution start(Step step, Context parent) {
        return enabled
                ? StepExecution.start(
                        runtime, new StepStart(step, effective(step.context(), parent), parent, nanoTime()))
                : StepExecution.notMeasured(runtime, new StepStart(step, step.context(), parent, nanoTime()));
    }

    /** Runs a tool with its span current; its result is told as text. What the tool throws is rethrown as it is. */
    public <T> T callTool(ToolRequest request, Callable<T> tool) throws Exception {
        ToolExecution execution = startTool(request);
        try (Scope ignored = execution.makeCurrent()) {
            T result = tool.call();
            execution.completeWith(() -> result == null ? null : result.toString());
            return result;
        } catch (Throwable error) {
            execution.fail(error);
            throw error;
        } finally {
            execution.complete(null);
        }
    }

    /**
     * Tells of a defect that an adapter of a framework has caught while it measured, as if it were one of the telemetry's
     * own. Throws it again if the virtual machine is at its end, and nothing else.
     *
     * @param stage what could not be done, for example {@code read_response}; a label, so one of a few constants
     */
    public void defect(String stage, Throwable error) {
        runtime.failures().note(stage, error);
    }
}
