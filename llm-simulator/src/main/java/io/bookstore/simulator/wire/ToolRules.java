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
 * @param turns    how many answers with calls there are since the last word of the user
 * @param loop     the mark of the first call since then; null if there is none
 * @param marked   by what a later request knows the first call
 */
public record ToolRules(
        List<Tool> callable, boolean forced, boolean parallel, int turns, @Nullable String loop, Mark marked) {

    /** No tool. */
    public static final ToolRules NONE = new ToolRules(List.of(), false, false, 0, null, Mark.ID);

    /** A tool with the schema of its arguments. */
    public record Tool(String name, JsonSchema arguments) {}

    /** The part of a call by which a later request knows it. */
    public enum Mark {
        /** Its identifier. */
        ID,
        /** Its name and its arguments, where calls have no identifier or clients do not send it back. */
        CONTENT
    }

    public ToolRules {
        callable = List.copyOf(callable);
    }
}
