package io.bookstore.llm.content;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A function that a request offers to the model. The schema of its parameters is left out: the conventions advise against
 * it for its size.
 *
 * @param name        of the function
 * @param description what the function does, as the model is told; null if it is not
 */
public record ToolDefinition(String name, @Nullable String description) {

    public ToolDefinition {
        Objects.requireNonNull(name, "name");
    }

    ToolDefinition edited(UnaryOperator<String> edit) {
        return new ToolDefinition(name, description == null ? null : edit.apply(description));
    }

    void writeTo(JsonWriter json) {
        json.writeObject("type", "function", "name", name, "description", description);
    }
}
