package io.bookstore.simulator.wire;

import io.bookstore.simulator.schema.JsonSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tools that an answer may call, and the state of the loop in which they are called.
 *
 * @param callable only those that the choice allows; empty if none may be called
 * @param choice   of the request
 * @param parallel true if several may be called at once
 * @param loop     of the calls so far
 */
public record ToolRules(List<Tool> callable, Choice choice, boolean parallel, ToolLoop loop) {

    /** No tool. */
    public static final ToolRules NONE = new ToolRules(List.of(), Choice.AUTO, false, ToolLoop.NONE);

    /** The choice that a request makes among its tools. */
    public enum Choice {
        /** The model calls tools or writes a text. */
        AUTO,
        /** At least one tool is called. */
        REQUIRED,
        /** The one tool that the request names is called. */
        NAMED
    }

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
