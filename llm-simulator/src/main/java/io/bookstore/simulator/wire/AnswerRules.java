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
 * @param reasoning before it
 * @param choices  how many answers there are
 * @param odds     the number of most likely tokens that come with each token's log probability; null if none are told
 */
public record AnswerRules(
        @Nullable JsonSchema document,
        List<String> stops,
        ToolRules tools,
        ReasoningRules reasoning,
        int choices,
        @Nullable Integer odds) {

    /** Prose of any kind. */
    public static final AnswerRules NONE = new AnswerRules(null, List.of(), ToolRules.NONE);

    public AnswerRules {
        stops = List.copyOf(stops);
    }

    /** The rules of one answer without reasoning. */
    public AnswerRules(@Nullable JsonSchema document, List<String> stops, ToolRules tools) {
        this(document, stops, tools, ReasoningRules.NONE, 1, null);
    }

    /** The same rules with reasoning before the answer. */
    public AnswerRules reasonedBy(ReasoningRules other) {
        return new AnswerRules(document, stops, tools, other, choices, odds);
    }

    /** The same rules for several answers, with the log probabilities of their tokens. */
    public AnswerRules chosenAmong(int number, @Nullable Integer likeliest) {
        return new AnswerRules(document, stops, tools, reasoning, number, likeliest);
    }
}
