package io.bookstore.simulator.wire;

import io.bookstore.simulator.schema.JsonSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a request sets for what is in its answer.
 *
 * @param document the schema of the JSON that the answer is; null for prose
 * @param stops    the sequences at which its text ends
 * @param tools    that it may or must call
 */
public record AnswerRules(@Nullable JsonSchema document, List<String> stops, ToolRules tools) {

    /** Prose of any kind. */
    public static final AnswerRules NONE = new AnswerRules(null, List.of(), ToolRules.NONE);

    public AnswerRules {
        stops = List.copyOf(stops);
    }
}
