package io.bookstore.simulator.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.wire.ReasoningRules;
import io.bookstore.simulator.wire.ReasoningRules.Display;
import io.bookstore.simulator.wire.ReasoningRules.Occasion;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import java.util.List;
import java.util.Set;

/** Reads {@code think}: https://docs.ollama.com/capabilities/thinking. A model that thinks does so unless it is told not to. */
final class OllamaThinking {

    // The models with the tag "thinking" of https://ollama.com/search?c=thinking; a tag or size may follow the name.
    private static final List<String> THINKING =
            List.of("qwen3", "deepseek-r1", "deepseek-v3.1", "gpt-oss", "magistral", "phi4-reasoning", "cogito");
    private static final Set<String> LEVELS = Set.of("low", "medium", "high");

    private OllamaThinking() {}

    static ReasoningRules read(JsonNode think, String model) {
        boolean thinks = THINKING.stream().anyMatch(model::startsWith);
        if (think.isMissingNode() || think.isNull()) {
            return thinks
                    ? new ReasoningRules(Occasion.BY_DEFAULT, 1, Integer.MAX_VALUE, Display.FULL)
                    : ReasoningRules.NONE;
        }
        if (!think.isBoolean() && !LEVELS.contains(think.asText())) {
            throw invalid("invalid think value: " + think + " (must be \"high\", \"medium\", \"low\", true, or false)");
        }
        if (think.isBoolean() && !think.booleanValue()) {
            return ReasoningRules.NONE;
        }
        if (!thinks) {
            throw invalid("\"" + model + "\" does not support thinking");
        }
        double effort = ReasoningRules.effort(think.isBoolean() ? "medium" : think.textValue());
        return ReasoningRules.of(effort, Integer.MAX_VALUE, Display.FULL);
    }

    private static RefusedException invalid(String message) {
        return new RefusedException(Kind.INVALID_REQUEST, message);
    }
}
