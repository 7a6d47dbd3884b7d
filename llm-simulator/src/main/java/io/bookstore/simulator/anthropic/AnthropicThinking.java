package io.bookstore.simulator.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.wire.ReasoningRules;
import io.bookstore.simulator.wire.ReasoningRules.Display;
import io.bookstore.simulator.wire.RefusedException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code thinking} and the effort: https://docs.claude.com/en/docs/build-with-claude/extended-thinking, adaptive-thinking
 * and effort. Claude 3.7 shows all that it thinks, later models a summary.
 */
final class AnthropicThinking {

    private static final int LEAST_BUDGET = 1_024;
    private static final double LEAST_TOP_P = 0.95;
    private static final String PAGE = "https://docs.claude.com/en/docs/build-with-claude/extended-thinking";
    private static final Set<String> EFFORTS = Set.of("low", "medium", "high", "max");

    // Claude 3 and older do not think, and 3.7 does; a name without a number is taken for that of the newest model.
    private static final Pattern without = Pattern.compile("claude-(?:3(?!-7)|2|instant).*");
    private static final Pattern adapts = Pattern.compile("claude-(?:opus|sonnet|haiku)-(?:4-[6-9]|[5-9]).*");
    private static final Pattern hasEffort =
            Pattern.compile("claude-(?:opus-4-5|(?:opus|sonnet|haiku)-(?:4-[6-9]|[5-9])).*");
    private static final List<String> UNSET_WHEN_THINKING = List.of("temperature", "top_k", "top_p");

    private AnthropicThinking() {}

    /**
     * The rules of a request's thinking.
     *
     * @param maxTokens null if the request sets no limit, as on Bedrock
     */
    static ReasoningRules read(JsonNode body, String model, @Nullable Integer maxTokens) {
        double effort = effort(body.path("output_config").path("effort"), model);
        JsonNode thinking = body.path("thinking");
        if (AnthropicSchemas.isAbsent(thinking)) {
            return ReasoningRules.NONE;
        }
        if (!thinking.isObject()) {
            throw AnthropicRequest.invalid(
                    "thinking: Input should be a valid dictionary or object to extract fields" + " from");
        }
        String type = thinking.path("type").asText();
        if (type.equals("disabled")) {
            return ReasoningRules.NONE;
        }
        if (type.isEmpty()) {
            throw AnthropicRequest.invalid("thinking.type: Field required");
        }
        if (!type.equals("enabled") && !type.equals("adaptive")) {
            throw AnthropicRequest.invalid("thinking: Input tag '" + type + "' found using 'type' does not match any of"
                    + " the expected tags: 'adaptive', 'disabled', 'enabled'");
        }
        if (without.matcher(model).matches()) {
            throw AnthropicRequest.invalid("thinking: this model does not support thinking.");
        }
        requireWithThinking(body);
        int budget = type.equals("enabled") ? budget(thinking, maxTokens) : adaptive(model);
        return ReasoningRules.of(effort, budget, display(thinking, model));
    }

    private static int adaptive(String model) {
        if (!adapts.matcher(model).matches()) {
            throw AnthropicRequest.invalid("adaptive thinking is not supported on this model");
        }
        return Integer.MAX_VALUE;
    }

    private static int budget(JsonNode thinking, @Nullable Integer maxTokens) {
        JsonNode budget = thinking.path("budget_tokens");
        if (budget.isMissingNode()) {
            throw AnthropicRequest.invalid("thinking.enabled.budget_tokens: Field required");
        }
        if (!budget.isInt()) {
            throw AnthropicRequest.invalid("thinking.enabled.budget_tokens: Input should be a valid integer");
        }
        if (budget.intValue() < LEAST_BUDGET) {
            throw AnthropicRequest.invalid(
                    "thinking.enabled.budget_tokens: Input should be greater than or equal to " + LEAST_BUDGET);
        }
        if (maxTokens != null && budget.intValue() >= maxTokens) {
            throw AnthropicRequest.invalid("`max_tokens` must be greater than `thinking.budget_tokens`. Please consult"
                    + " our documentation at " + PAGE + "#max-tokens-and-context-window-size");
        }
        return budget.intValue();
    }

    private static Display display(JsonNode thinking, String model) {
        String display = thinking.path("display").asText("summarized");
        return switch (display) {
            case "summarized" -> model.startsWith("claude-3-7") ? Display.FULL : Display.SUMMARY;
            case "omitted" -> Display.HIDDEN;
            default ->
                throw AnthropicRequest.invalid("thinking."
                        + thinking.path("type").asText() + ".display: Input should be 'summarized' or 'omitted'");
        };
    }

    private static double effort(JsonNode effort, String model) {
        if (AnthropicSchemas.isAbsent(effort)) {
            return ReasoningRules.effort("medium");
        }
        if (!hasEffort.matcher(model).matches()) {
            throw AnthropicRequest.invalid("This model does not support the effort parameter.");
        }
        if (!EFFORTS.contains(effort.asText())) {
            throw AnthropicRequest.invalid("output_config.effort: Input should be 'low', 'medium', 'high' or 'max'");
        }
        return ReasoningRules.effort(effort.asText());
    }

    /** Sampling, choice of tools and history that go with thinking. */
    private static void requireWithThinking(JsonNode body) {
        for (String key : UNSET_WHEN_THINKING) {
            JsonNode value = body.path(key);
            if (!AnthropicSchemas.isAbsent(value)) {
                requireSampling(key, value.doubleValue());
            }
        }
        String choice = body.path("tool_choice").path("type").asText();
        if (choice.equals("any") || choice.equals("tool")) {
            throw AnthropicRequest.invalid("Thinking may not be enabled when tool_choice forces tool use.");
        }
        requireThoughtOfOpenLoop(body.path("messages"));
    }

    private static void requireSampling(String key, double value) {
        String rule = switch (key) {
            case "temperature" -> value == 1 ? "" : "may only be set to 1 when thinking is enabled";
            case "top_k" -> "must be unset when thinking is enabled";
            default ->
                value >= LEAST_TOP_P ? "" : "must be greater than or equal to 0.95 or unset when thinking is enabled";
        };
        if (!rule.isEmpty()) {
            throw AnthropicRequest.invalid("`" + key + "` " + rule + ". Please consult our documentation at " + PAGE
                    + "#important-considerations-when-using-extended-thinking");
        }
    }

    /** The last answer must begin with its thoughts if the request brings results of its calls. */
    private static void requireThoughtOfOpenLoop(JsonNode messages) {
        int last = messages.size() - 1;
        if (last < 1 || !hasBlock(messages.get(last), "tool_result")) {
            return;
        }
        JsonNode first = messages.get(last - 1).path("content").path(0);
        if (!isThought(first)) {
            throw notFirst(first.path("type").asText(), last - 1);
        }
    }

    private static RefusedException notFirst(String found, int message) {
        return AnthropicRequest.invalid("messages." + message + ".content.0.type: Expected `thinking` or"
                + " `redacted_thinking`, but found `" + found + "`. When `thinking` is enabled, a final `assistant`"
                + " message must start with a thinking block (preceeding the lastmost set of `tool_use` and"
                + " `tool_result` blocks). We recommend you include thinking blocks from previous turns. To avoid this"
                + " requirement, disable `thinking`. Please consult our documentation at " + PAGE);
    }

    private static boolean hasBlock(JsonNode message, String type) {
        for (JsonNode block : message.path("content")) {
            if (block.path("type").asText().equals(type)) {
                return true;
            }
        }
        return false;
    }

    static boolean isThought(JsonNode block) {
        String type = block.path("type").asText();
        return type.equals("thinking") || type.equals("redacted_thinking");
    }

    /**
     * The tokens of a block of thoughts that a request repeats: those of its text, in every turn. Anthropic drops the thoughts
     * of turns that are over, so that a long conversation counts some tokens too many.
     */
    static int tokens(JsonNode block, String path) {
        for (String key : new String[] {"thinking", "signature"}) {
            if (block.path("type").asText().equals("thinking")
                    && !block.path(key).isTextual()) {
                throw AnthropicRequest.invalid(path + ".thinking." + key + ": Field required");
            }
        }
        return Tokenizer.count(block.path("thinking").asText(""));
    }
}
