package io.bookstore.llm.langchain4j;

import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import io.bookstore.llm.GenAiTelemetry;
import org.jspecify.annotations.Nullable;

/** A provider, an MCP server for example, whose tools are measured. */
final class MeasuredToolProvider implements ToolProvider {

    private final ToolProvider delegate;
    private final GenAiTelemetry telemetry;

    MeasuredToolProvider(ToolProvider delegate, GenAiTelemetry telemetry) {
        this.delegate = delegate;
        this.telemetry = telemetry;
    }

    @Override
    public @Nullable ToolProviderResult provideTools(ToolProviderRequest request) {
        ToolProviderResult provided = delegate.provideTools(request);
        if (provided == null) {
            return null;
        }
        try {
            return new ToolProviderResult(
                    provided.aiServiceTools().stream().map(this::measured).toList());
        } catch (Throwable defect) {
            telemetry.defect("wrap_agent", defect);
            return provided;
        }
    }

    private AiServiceTool measured(AiServiceTool tool) {
        return tool.toBuilder()
                .toolExecutor(MeasuredTool.of(tool.toolSpecification(), tool.toolExecutor(), telemetry))
                .build();
    }

    @Override
    public boolean isDynamic() {
        return delegate.isDynamic();
    }
}
