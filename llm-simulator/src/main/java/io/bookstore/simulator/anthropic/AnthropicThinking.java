package io.bookstore.simulator.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.wire.ReasoningRules;
import io.bookstore.simulator.wire.ReasoningRules.Display;
import io.bookstore.simulator.wire.RefusedException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code thinking} and the effort: https://docs.claude.com/en/docs/build-with-claude/extended-thinking, adaptive-thinking
 * and effort. Claude 3.7 shows all that it thinks, later models a summary. A model thinks once in a turn, before its first call,
 * unless its thinking is interleaved with the calls.
 */
final class AnthropicThinking {

    private static final int LEAST_BUDGET = 1_024;
    private static final double LEAST_TOP_P = 0.95;
    private static final String PAGE = "https://docs.claude.com/en/docs/build-with-claude/extended-thinking";
    private static final List<String> EFFORTS = List.of("low", "medium", "high", "max");

    // The prompt that asks for a redacted thought: extended-thinking#thinking-redaction.
    private static final String REDACTION = "ANTHROPIC_MAGIC_STRING_TRIGGER_REDACTED_THINKING_"
            + "46C9A13E193C177646C7398A98432ECCCE4C1253D5E2D82641AC0E52CC2876CB";

    // Claude 3 and older do not think, and 3.7 does; a name without a number is taken for that of the newest model.
    private static final Pattern without = Pattern.compile("claude-(?:3(?!-7)|2|instant).*");
    private static final Pattern adapts =
            Pattern.compile("claude-(?:(?:opus|sonnet|haiku)-(?:4-[6-9]|[5-9])|fable|mythos).*");
    private static final Pattern onlyAdapts =
            Pattern.compile("claude-(?:(?:opus|sonnet|haiku)-(?:4-[7-9]|[5-9])|fable|mythos).*");

    // With a budget: Claude 4 to Sonnet 4.6, with the header of the beta; Opus 4.6 only by adaptive thinking.
    private static final Pattern interleaves = Pattern.compile("claude-(?:opus-4(?!-[6-9])|(?:sonnet|haiku)-4).*");
    private static final Pattern hasEffort =
            Pattern.compile("claude-(?:opus-4-5|(?:opus|sonnet|haiku)-(?:4-[6-9]|[5-9])|fable|mythos).*");
    private static final List<String> UNSET_WHEN_THINKING = List.of("temperature", "top_k", "top_p");

    private AnthropicThinking() {}

    /**
     * The rules of a request's thinking.
     *
     * @param maxTokens null if the request sets no limit, as on Bedrock
     * @param betas     that the request asks for
     */
    static ReasoningRules read(JsonNode body, String model, @Nullable Integer maxTokens, AnthropicBetas betas) {
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
        boolean adaptive = type.equals("adaptive");
        boolean interleaved = adaptive
                || betas.has(AnthropicBetas.INTERLEAVED)
                        && interleaves.matcher(model).matches();
        requireWithThinking(body);
        int budget = adaptive
                ? adaptive(model)
                : budget(thinking, model, interleaved && !body.path("tools").isEmpty() ? null : maxTokens);
        Display display = display(thinking, model);
        if (continuesTurn(body.path("messages")) && !interleaved) {
            return ReasoningRules.NONE;
        }
        return ReasoningRules.of(effort, budget, isRedacted(body) ? Display.REDACTED : display);
    }

    private static boolean isRedacted(JsonNode body) {
        JsonNode messages = body.path("messages");
        return messages.path(messages.size() - 1).path("content").toString().contains(REDACTION);
    }

    private static int adaptive(String model) {
        if (!adapts.matcher(model).matches()) {
            throw AnthropicRequest.invalid("adaptive thinking is not supported on this model");
        }
        return Integer.MAX_VALUE;
    }

    /** @param maxTokens null if the budget may be larger, since it is that of all thoughts of a turn */
    private static int budget(JsonNode thinking, String model, @Nullable Integer maxTokens) {
        if (onlyAdapts.matcher(model).matches()) {
            throw AnthropicRequest.invalid("\"thinking.type.enabled\" is not supported for this model. Use"
                    + " \"thinking.type.adaptive\" and \"output_config.effort\" to control thinking behavior.");
        }
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
        boolean manual = body.path("thinking").path("type").asText().equals("enabled");
        if (manual && (choice.equals("any") || choice.equals("tool"))) {
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
        if (!continuesTurn(messages)) {
            return;
        }
        int answer = messages.size() - 2;
        JsonNode first = messages.get(answer).path("content").path(0);
        if (!AnthropicThoughts.isThought(first) && lacksThought(messages, answer)) {
            throw notFirst(first.path("type").asText(), answer);
        }
    }

    /** Returns whether the last message brings results of tools, and so the turn goes on. */
    private static boolean continuesTurn(JsonNode messages) {
        int last = messages.size() - 1;
        return last > 0 && AnthropicThoughts.hasBlock(messages.get(last), "tool_result");
    }

    /** Returns whether no message of the turn up to this one has a thought: only the first answer must begin with one. */
    private static boolean lacksThought(JsonNode messages, int answer) {
        for (int i = answer; i >= 0; i--) {
            JsonNode message = messages.get(i);
            if (message.path("role").asText().equals("assistant")) {
                if (AnthropicThoughts.isThought(message.path("content").path(0))) {
                    return false;
                }
            } else if (!AnthropicThoughts.hasBlock(message, "tool_result")) {
                return true;
            }
        }
        return true;
    }

    private static RefusedException notFirst(String found, int message) {
        return AnthropicRequest.invalid("messages." + message + ".content.0.type: Expected `thinking` or"
                + " `redacted_thinking`, but found `" + found + "`. When `thinking` is enabled, a final `assistant`"
                + " message must start with a thinking block (preceeding the lastmost set of `tool_use` and"
                + " `tool_result` blocks). We recommend you include thinking blocks from previous turns. To avoid this"
                + " requirement, disable `thinking`. Please consult our documentation at " + PAGE);
    }
}
