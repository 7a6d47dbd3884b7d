package io.bookstore.simulator.wire;

import io.bookstore.simulator.schema.JsonSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tools that an answer may call, and the state of the loop in which they are called.
 *
 * @param callable only those that the choice allows; empty if none may be called
 * @param forced   true if at least one must be called
 * @param parallel true if several may be called at once
 * @param loop     of the calls so far
 */
public record ToolRules(List<Tool> callable, boolean forced, boolean parallel, ToolLoop loop) {

    /** No tool. */
    public static final ToolRules NONE = new ToolRules(List.of(), false, false, ToolLoop.NONE);

    /** A tool with the schema of its arguments. */
    public record Tool(String name, JsonSchema arguments) {}

    public ToolRules {
        callable = List.copyOf(callable);
    }

    /** Returns the tool of that name; null if there is none. */
    public static @Nullable Tool named(String name, List<Tool> tools) {
        return tools.stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
