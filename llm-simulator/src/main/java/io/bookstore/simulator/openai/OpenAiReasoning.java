package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.wire.ReasoningRules;
import io.bookstore.simulator.wire.ReasoningRules.Display;
import io.bookstore.simulator.wire.RefusedException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the effort of a reasoning: https://platform.openai.com/docs/guides/reasoning. Chats hide it; responses show a summary if
 * one is asked for.
 */
final class OpenAiReasoning {

    private static final String NO_REASONING = "none";
    private static final Set<String> ALL = Set.of(NO_REASONING, "minimal", "low", "medium", "high", "xhigh");
    private static final Set<String> SUMMARIES = Set.of("auto", "concise", "detailed");

    private OpenAiReasoning() {}

    /** Reads {@code reasoning_effort} of a chat. */
    static ReasoningRules ofChat(JsonNode effort, OpenAiModel model, String name) {
        return rules(effort, "reasoning_effort", model, name, Display.HIDDEN);
    }

    /** Reads {@code reasoning} of a response. */
    static ReasoningRules ofResponse(JsonNode reasoning, OpenAiModel model, String name) {
        if (OpenAiTools.isAbsent(reasoning)) {
            return rules(reasoning, "reasoning.effort", model, name, Display.HIDDEN);
        }
        if (!reasoning.isObject()) {
            throw OpenAiInvalid.wrongType("reasoning", "an object", reasoning);
        }
        reasoning.fieldNames().forEachRemaining(key -> {
            if (!Set.of("effort", "summary", "generate_summary").contains(key)) {
                throw OpenAiInvalid.unknown("reasoning." + key);
            }
        });
        JsonNode summary = reasoning.path(reasoning.has("summary") ? "summary" : "generate_summary");
        Display display = Display.HIDDEN;
        if (!OpenAiTools.isAbsent(summary)) {
            if (!model.reasons()) {
                throw OpenAiInvalid.unsupportedParameter("reasoning.summary", "");
            }
            if (!SUMMARIES.contains(summary.asText())) {
                throw OpenAiInvalid.unsupported(
                        "reasoning.summary", summary.asText(), "'auto', 'concise', and 'detailed'");
            }
            display = Display.SUMMARY;
        }
        return rules(reasoning.path("effort"), "reasoning.effort", model, name, display);
    }

    private static ReasoningRules rules(
            JsonNode effort, String parameter, OpenAiModel model, String name, Display display) {
        if (OpenAiTools.isAbsent(effort)) {
            return model.reasons() ? unasked(name, display) : ReasoningRules.NONE;
        }
        if (!model.reasons()) {
            throw OpenAiInvalid.unsupportedParameter(parameter, "");
        }
        List<String> supported = efforts(name);
        if (!ALL.contains(effort.asText())) {
            throw OpenAiInvalid.unsupported(parameter, effort.asText(), listed(supported));
        }
        if (!supported.contains(effort.asText())) {
            throw unsupportedEffort(parameter, effort, supported);
        }
        return effort.asText().equals(NO_REASONING)
                ? ReasoningRules.NONE
                : ReasoningRules.of(ReasoningRules.effort(effort.asText()), Integer.MAX_VALUE, display);
    }

    /** A summary that is asked for asks for reasoning, too; gpt-5.1 and later do not reason by default. */
    private static ReasoningRules unasked(String name, Display display) {
        if (display == Display.SUMMARY) {
            return ReasoningRules.of(1, Integer.MAX_VALUE, display);
        }
        return name.matches("gpt-5\\.[1-9].*") ? ReasoningRules.NONE : ReasoningRules.UNASKED;
    }

    /** https://platform.openai.com/docs/models: the levels that a model has. */
    private static List<String> efforts(String name) {
        if (!name.startsWith("gpt-5")) {
            return List.of("low", "medium", "high");
        }
        if (name.startsWith("gpt-5.1")) {
            return List.of(NO_REASONING, "low", "medium", "high");
        }
        return name.startsWith("gpt-5.")
                ? List.of(NO_REASONING, "low", "medium", "high", "xhigh")
                : List.of("minimal", "low", "medium", "high");
    }

    private static RefusedException unsupportedEffort(String parameter, JsonNode was, List<String> supported) {
        return OpenAiInvalid.unsupportedValue(
                parameter,
                "Unsupported value: '" + was.asText() + "' is not supported with this model. Supported values are: "
                        + listed(supported) + ".");
    }

    private static String listed(List<String> values) {
        String last = "'" + values.get(values.size() - 1) + "'";
        return values.stream()
                .limit(values.size() - 1L)
                .map(value -> "'" + value + "'")
                .collect(Collectors.joining(", ", "", ", and " + last));
    }
}
