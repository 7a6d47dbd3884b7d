package io.bookstore.llm.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import io.bookstore.llm.AgentInvocation;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.ToolExecution;
import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.operation.ToolRequest;
import io.opentelemetry.context.Scope;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A tool whose executions are measured; otherwise it behaves as the one it wraps. */
final class MeasuredTool implements ToolExecutor {

    private final @Nullable ToolSpecification specification;
    private final ToolExecutor delegate;
    private final GenAiTelemetry telemetry;

    private MeasuredTool(@Nullable ToolSpecification specification, ToolExecutor delegate, GenAiTelemetry telemetry) {
        this.specification = specification;
        this.delegate = delegate;
        this.telemetry = telemetry;
    }

    /** Wraps an executor unless it is wrapped already: services may share a tool, and a builder may build twice. */
    static ToolExecutor of(@Nullable ToolSpecification specification, ToolExecutor executor, GenAiTelemetry telemetry) {
        return executor instanceof MeasuredTool ? executor : new MeasuredTool(specification, executor, telemetry);
    }

    @Override
    public String execute(ToolExecutionRequest request, Object memoryId) {
        return measured(
                request, () -> delegate.execute(request, memoryId), (tool, result) -> tool.completeWith(() -> result));
    }

    @Override
    public ToolExecutionResult executeWithContext(ToolExecutionRequest request, InvocationContext context) {
        return measured(request, () -> delegate.executeWithContext(request, context), MeasuredTool::end);
    }

    private static void end(ToolExecution tool, @Nullable ToolExecutionResult result) {
        if (result != null && result.isError()) {
            tool.fail(ErrorType.OTHER);
        } else {
            tool.completeWith(() -> result == null ? null : result.resultText());
        }
    }

    private <R> R measured(ToolExecutionRequest request, Supplier<R> call, BiConsumer<ToolExecution, R> end) {
        ToolExecution tool = start(request);
        try (Scope ignored = tool.makeCurrent()) {
            R result = call.get();
            end.accept(tool, result);
            return result;
        } catch (Throwable error) {
            tool.fail(error, ChatConversion::errorType);
            throw error;
        }
    }

    // Below the agent also where a call to the model is current, which has just asked for the tool.
    private ToolExecution start(ToolExecutionRequest request) {
        ToolRequest tool = ToolRequest.function(request.name())
                .withCallId(request.id())
                .withDescription(specification == null ? null : specification.description())
                .withArguments(request.arguments());
        AgentInvocation agent = AgentInvocation.current();
        if (agent == null) {
            return telemetry.startTool(tool);
        }
        try (Scope ignored = agent.makeCurrent()) {
            return telemetry.startTool(tool);
        }
    }
}
