package io.bookstore.simulator.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.wire.ReasoningRules;
import io.bookstore.simulator.wire.ReasoningRules.Display;
import io.bookstore.simulator.wire.ReasoningRules.Occasion;
import io.bookstore.simulator.wire.RefusedException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code thinkingConfig}: https://ai.google.dev/gemini-api/docs/thinking. Budgets are of 2.5, levels of 3 and later. */
final class GeminiThinking {

    private static final Pattern thinks =
            Pattern.compile("gemini-(?:2\\.5|[3-9]|(?:flash|pro)-latest|flash-lite-latest).*");
    private static final Pattern hasLevels = Pattern.compile("gemini-[3-9].*");
    private static final Set<String> LEVELS = Set.of("minimal", "low", "medium", "high");
    private static final int DYNAMIC = -1;

    private GeminiThinking() {}

    static ReasoningRules read(JsonNode generationConfig, String model) {
        JsonNode config = GeminiSchemas.field(generationConfig, "thinkingConfig");
        boolean able = thinks.matcher(model).matches();
        if (config.isMissingNode()) {
            return able ? ReasoningRules.UNASKED : ReasoningRules.NONE;
        }
        JsonNode budget = GeminiSchemas.field(config, "thinkingBudget");
        JsonNode level = GeminiSchemas.field(config, "thinkingLevel");
        boolean included = GeminiSchemas.field(config, "includeThoughts").asBoolean(false);
        if (!able) {
            if (included || !level.isMissingNode() || budget.asInt(0) != 0) {
                throw GeminiTools.invalid("Thinking is not enabled for models/" + model + ".");
            }
            return ReasoningRules.NONE;
        }
        Display display = included ? Display.SUMMARY : Display.HIDDEN;
        if (!level.isMissingNode()) {
            return ReasoningRules.of(effort(level, budget, model), Integer.MAX_VALUE, display);
        }
        if (!budget.isMissingNode()) {
            return budget(budget, model, display);
        }
        // Asking to see the thoughts does not ask for any.
        return new ReasoningRules(included ? Occasion.ALWAYS : Occasion.BY_DEFAULT, 1, Integer.MAX_VALUE, display);
    }

    private static double effort(JsonNode level, JsonNode budget, String model) {
        if (!budget.isMissingNode()) {
            throw GeminiTools.invalid("You can only set only one of thinking budget and thinking level.");
        }
        if (!hasLevels.matcher(model).matches()) {
            throw GeminiTools.invalid("Thinking level is not supported for this model.");
        }
        String name = level.asText().toLowerCase(Locale.ROOT);
        if (!LEVELS.contains(name)) {
            throw GeminiTools.invalid("Invalid value at 'generation_config.thinking_config.thinking_level'"
                    + " (type.googleapis.com/google.ai.generativelanguage.v1beta.ThinkingConfig.ThinkingLevel), \""
                    + level.asText() + "\"");
        }
        return ReasoningRules.effort(name);
    }

    private static ReasoningRules budget(JsonNode budget, String model, Display display) {
        int tokens = budget.asInt(DYNAMIC);
        if (tokens == DYNAMIC) {
            return ReasoningRules.of(1, Integer.MAX_VALUE, display);
        }
        boolean pro = model.contains("pro");
        int least = pro ? 128 : model.contains("lite") ? 512 : 1;
        int most = pro ? 32_768 : 24_576;
        if (tokens == 0 && !pro) {
            return ReasoningRules.NONE;
        }
        if (tokens == 0) {
            throw GeminiTools.invalid("Budget 0 is invalid. This model only works in thinking mode.");
        }
        if (tokens < least || tokens > most) {
            throw outOfRange(tokens, pro || least > 1 ? least : 0, most);
        }
        return ReasoningRules.of(1, tokens, display);
    }

    private static RefusedException outOfRange(int budget, int least, int most) {
        return GeminiTools.invalid("The thinking budget " + budget + " is invalid. Please choose a value between "
                + least + " and " + most + ".");
    }
}
