package io.bookstore.llm.internal.jfr;

import io.bookstore.llm.operation.ToolRequest;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** The execution of a tool. */
@Name("io.bookstore.llm.Tool")
@Label("LLM Tool")
@Description("Execution of a tool for a model")
final class JfrTool extends JfrOperation {

    @Label("Tool")
    @Nullable
    String tool;

    JfrTool(ToolRequest request) {
        tool = cut(request.name());
    }
}
