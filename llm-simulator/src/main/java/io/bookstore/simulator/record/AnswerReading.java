package io.bookstore.simulator.record;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The text, tokens and finish reason of an answer, in whichever of the providers' formats it is. */
final class AnswerReading {

    private static final List<JsonPointer> texts = pointers(
            "/choices/0/delta/content",
            "/choices/0/message/content",
            "/choices/0/text",
            "/message/content",
            "/response",
            "/delta/text",
            "/delta/partial_json",
            "/delta/toolUse/input");

    // Lists of parts, and members that hold a tool's call.
    private static final List<JsonPointer> parts = pointers(
            "/content",
            "/candidates/0/content/parts",
            "/output/message/content",
            "/output",
            "/choices/0/delta/tool_calls",
            "/choices/0/message/tool_calls",
            "/message/tool_calls");

    private static final List<JsonPointer> finishes = pointers(
            "/choices/0/finish_reason",
            "/stop_reason",
            "/delta/stop_reason",
            "/done_reason",
            "/candidates/0/finishReason",
            "/stopReason",
            "/response/incomplete_details/reason",
            "/incomplete_details/reason");

    private static final List<JsonPointer> inputs = pointers(
            "/usage/prompt_tokens",
            "/usage/input_tokens",
            "/message/usage/input_tokens",
            "/response/usage/input_tokens",
            "/prompt_eval_count",
            "/usageMetadata/promptTokenCount",
            "/usage/inputTokens");

    private static final List<JsonPointer> outputs = pointers(
            "/usage/completion_tokens",
            "/usage/output_tokens",
            "/message/usage/output_tokens",
            "/response/usage/output_tokens",
            "/eval_count",
            "/usageMetadata/candidatesTokenCount",
            "/usage/outputTokens");

    // OpenAI and Gemini count tokens read from the cache among those of the prompt; Anthropic and Bedrock beside them.
    private static final List<JsonPointer> cachedAmong = pointers(
            "/usage/prompt_tokens_details/cached_tokens",
            "/usage/input_tokens_details/cached_tokens",
            "/response/usage/input_tokens_details/cached_tokens",
            "/usageMetadata/cachedContentTokenCount");

    private static final Set<String> responsesDeltas =
            Set.of("response.output_text.delta", "response.refusal.delta", "response.function_call_arguments.delta");
    private static final Set<String> responsesEnds =
            Set.of("response.completed", "response.incomplete", "response.failed");
    private static final List<String> partTexts = List.of("text", "name", "arguments", "input", "args");
    private static final List<String> partMembers = List.of("function", "functionCall", "toolUse");

    private final StringBuilder text = new StringBuilder();
    private final List<Double> textMs = new ArrayList<>();
    private final boolean streamed;
    private @Nullable String finishReason;
    private int inputTokens;
    private int cachedTokens;
    private int outputTokens;

    private AnswerReading(boolean streamed) {
        this.streamed = streamed;
    }

    static AnswerReading of(Recorded line) {
        AnswerFrames frames = AnswerFrames.of(line);
        AnswerReading reading = new AnswerReading(frames.streamed());
        frames.frames().forEach(reading::take);
        return reading;
    }

    /** The text, and the calls of tools by their names and arguments. */
    String text() {
        return text.toString();
    }

    /** The times of the chunks that carry text, in milliseconds; none if the answer was not streamed. */
    double[] textMs() {
        return streamed ? textMs.stream().mapToDouble(Double::doubleValue).toArray() : new double[0];
    }

    /** Null if the provider told none. */
    @Nullable
    String finishReason() {
        return finishReason;
    }

    /** The tokens of the prompt that came from no cache; 0 if unknown. */
    int uncachedTokens() {
        return Math.max(0, inputTokens - cachedTokens);
    }

    /** The tokens of the answer; 0 if unknown. */
    int outputTokens() {
        return outputTokens;
    }

    private void take(AnswerFrames.Frame frame) {
        JsonNode document = frame.document();
        int before = text.length();
        for (JsonPointer pointer : texts) {
            addText(document.at(pointer));
        }
        for (JsonPointer pointer : parts) {
            addParts(document.at(pointer));
        }
        addPart(document.path("content_block"));
        addPart(document.path("start"));
        String type = document.path("type").asText();
        if (responsesDeltas.contains(type)) {
            addText(document.path("delta"));
        }
        if (text.length() > before) {
            textMs.add(frame.ms());
        }
        takeEnd(document, type);
    }

    private void takeEnd(JsonNode document, String type) {
        if (responsesEnds.contains(type)) {
            finishReason = document.at("/response/status").asText();
        } else if (document.path("object").asText().equals("response")) {
            finishReason = document.path("status").asText();
        }
        for (JsonPointer pointer : finishes) {
            if (document.at(pointer).isTextual()) {
                finishReason = document.at(pointer).textValue();
            }
        }
        inputTokens = last(document, inputs, inputTokens);
        outputTokens = last(document, outputs, outputTokens);
        cachedTokens = last(document, cachedAmong, cachedTokens);
    }

    private static int last(JsonNode document, List<JsonPointer> pointers, int before) {
        return pointers.stream()
                .map(document::at)
                .filter(JsonNode::isInt)
                .map(JsonNode::intValue)
                .findFirst()
                .orElse(before);
    }

    private void addText(JsonNode value) {
        if (value.isTextual()) {
            text.append(value.textValue());
        }
    }

    private void addParts(JsonNode list) {
        if (list.isArray()) {
            list.forEach(this::addPart);
        }
    }

    private void addPart(JsonNode part) {
        // Gemini's thoughts are parts like its text.
        if (!part.isObject() || part.path("thought").asBoolean()) {
            return;
        }
        for (String key : partTexts) {
            JsonNode value = part.path(key);
            if (value.isObject() && !value.isEmpty()) {
                text.append(value);
            } else {
                addText(value);
            }
        }
        partMembers.forEach(key -> addPart(part.path(key)));
        addParts(part.path("content"));
    }

    private static List<JsonPointer> pointers(String... texts) {
        return Stream.of(texts).map(JsonPointer::compile).toList();
    }
}
