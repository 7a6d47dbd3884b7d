package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.DocumentFormat;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Moderation: https://platform.openai.com/docs/api-reference/moderations/create. A category applies to a text that has one of
 * its words, see {@link ModerationWords}; a picture is never flagged.
 */
final class OpenAiModeration {

    private static final String DEFAULT_MODEL = "omni-moderation-latest";
    private static final String FLAGGED_SCORE = "0.95";
    private static final String OTHER_SCORE = "0.00001";

    /** A text, and the pictures beside it. */
    private record Input(String text, boolean hasImage) {}

    private OpenAiModeration() {}

    static GenerationRequest read(JsonNode body) {
        String named = body.path("model").asText("");
        String model = named.isEmpty() ? DEFAULT_MODEL : named;
        OpenAiModel.named(model);
        List<Input> inputs = inputs(body.path("input"));
        return GenerationRequest.ofDocument(
                model,
                inputs.stream().map(Input::text).collect(Collectors.joining("\n")),
                inputs.stream().mapToInt(input -> Tokenizer.count(input.text())).sum(),
                new DocumentFormat(
                        answer -> document(
                                answer,
                                inputs.stream().map(OpenAiModeration::result).collect(Collectors.joining(","))),
                        answer -> document(answer, "")));
    }

    /** A text, a list of texts with a result each, or a list of parts with one result together. */
    private static List<Input> inputs(JsonNode input) {
        if (input.isMissingNode() || input.isNull()) {
            throw OpenAiInvalid.missing("input");
        }
        if (input.isTextual()) {
            return List.of(new Input(input.textValue(), false));
        }
        if (!input.isArray()) {
            throw OpenAiInvalid.wrongType("input", "one of a string, an array of strings, or an array of objects");
        }
        if (input.isEmpty()) {
            throw OpenAiInvalid.emptyArray("input");
        }
        return input.get(0).isObject() ? List.of(parts(input)) : texts(input);
    }

    private static List<Input> texts(JsonNode input) {
        List<Input> texts = new ArrayList<>();
        for (JsonNode each : input) {
            if (!each.isTextual()) {
                throw OpenAiInvalid.wrongType("input[" + texts.size() + "]", "a string");
            }
            texts.add(new Input(each.textValue(), false));
        }
        return texts;
    }

    private static Input parts(JsonNode input) {
        StringBuilder text = new StringBuilder();
        boolean hasImage = false;
        for (JsonNode part : input) {
            hasImage |= OpenAiDocuments.isImage(part);
            text.append(part.path("text").asText("")).append('\n');
        }
        return new Input(text.toString(), hasImage);
    }

    private static String document(Answer answer, String results) {
        return "{\"id\":\"modr-" + answer.id() + "\",\"model\":" + Json.quote(answer.model()) + ",\"results\":["
                + results + "]}";
    }

    private static String result(Input input) {
        Set<String> found = ModerationWords.categoriesOf(input.text());
        return "{\"flagged\":" + !found.isEmpty() + ",\"categories\":"
                + object(category -> String.valueOf(found.contains(category))) + ",\"category_scores\":"
                + object(category -> found.contains(category) ? FLAGGED_SCORE : OTHER_SCORE)
                + ",\"category_applied_input_types\":" + object(category -> types(category, input)) + "}";
    }

    private static String types(String category, Input input) {
        return input.hasImage() && ModerationWords.SEEN_IN_IMAGES.contains(category)
                ? "[\"text\",\"image\"]"
                : "[\"text\"]";
    }

    private static String object(Function<String, String> value) {
        return ModerationWords.CATEGORIES.stream()
                .map(category -> Json.quote(category) + ":" + value.apply(category))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
