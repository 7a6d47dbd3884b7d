package io.bookstore.simulator.record;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.http.WireFormats;
import io.bookstore.simulator.wire.AnswerPlace;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The text, tokens and finish reason of an answer, at the places of whichever format it is. */
final class AnswerReading {

    private static final Map<AnswerPlace, List<JsonPointer>> places = places();

    // Events of OpenAI's responses tell by their type what their delta is, and which of them is the end.
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
        for (JsonPointer pointer : at(AnswerPlace.TEXT)) {
            addText(document.at(pointer));
        }
        for (JsonPointer pointer : at(AnswerPlace.PARTS)) {
            addParts(document.at(pointer));
            addPart(document.at(pointer));
        }
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
        for (JsonPointer pointer : at(AnswerPlace.FINISH_REASON)) {
            if (document.at(pointer).isTextual()) {
                finishReason = document.at(pointer).textValue();
            }
        }
        inputTokens = last(document, AnswerPlace.INPUT_TOKENS, inputTokens);
        outputTokens = last(document, AnswerPlace.OUTPUT_TOKENS, outputTokens);
        cachedTokens = last(document, AnswerPlace.CACHED_AMONG_INPUT, cachedTokens);
    }

    private static int last(JsonNode document, AnswerPlace place, int before) {
        return at(place).stream()
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

    private static List<JsonPointer> at(AnswerPlace place) {
        return Objects.requireNonNull(places.get(place));
    }

    private static Map<AnswerPlace, List<JsonPointer>> places() {
        Map<AnswerPlace, List<JsonPointer>> places = new EnumMap<>(AnswerPlace.class);
        for (AnswerPlace place : AnswerPlace.values()) {
            places.put(
                    place,
                    WireFormats.ALL.stream()
                            .flatMap(format -> format.answerPlaces().getOrDefault(place, List.of()).stream())
                            .distinct()
                            .map(JsonPointer::compile)
                            .toList());
        }
        return places;
    }
}
