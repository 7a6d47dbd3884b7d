package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.embedding.TextVector;
import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.DocumentFormat;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Embeddings: https://platform.openai.com/docs/api-reference/embeddings/create. */
final class OpenAiEmbeddings {

    private static final int DIMENSIONS = 1_536; // of text-embedding-3-small and text-embedding-ada-002
    private static final int MAX_DIMENSIONS = 3_072; // of text-embedding-3-large
    private static final String LARGE = "text-embedding-3-large";
    private static final int MAX_INPUTS = 2_048;

    /** @param text to be embedded; tokens stay the numbers they came as */
    private record Input(String text, int tokens) {}

    private OpenAiEmbeddings() {}

    static GenerationRequest read(JsonNode body) {
        String model = body.path("model").asText();
        if (model.isEmpty()) {
            throw OpenAiInvalid.noModel();
        }
        return read(body, model);
    }

    static GenerationRequest read(JsonNode body, String name) {
        OpenAiModel model = OpenAiModel.named(name);
        int dimensions = body.path("dimensions").asInt(name.startsWith(LARGE) ? MAX_DIMENSIONS : DIMENSIONS);
        if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
            throw OpenAiInvalid.value(
                    "dimensions",
                    "Invalid 'dimensions': expected a value from 1 to " + MAX_DIMENSIONS + ", but got " + dimensions
                            + " instead.");
        }
        boolean base64 = body.path("encoding_format").asText().equals("base64");
        List<Input> inputs = inputs(body.path("input"));
        inputs.forEach(input -> requireRoom(model, input.tokens()));
        return GenerationRequest.ofDocument(
                name,
                inputs.stream().map(Input::text).collect(Collectors.joining("\n")),
                inputs.stream().mapToInt(Input::tokens).sum(),
                new DocumentFormat(
                        answer -> document(answer, data(inputs, dimensions, base64)), answer -> document(answer, "")));
    }

    private static List<Input> inputs(JsonNode input) {
        List<Input> inputs = new ArrayList<>();
        if (input.isTextual() || isTokens(input)) {
            inputs.add(input(input));
        } else {
            input.forEach(each -> inputs.add(input(each)));
        }
        if (inputs.isEmpty() || inputs.size() > MAX_INPUTS) {
            throw invalidInput();
        }
        return inputs;
    }

    private static Input input(JsonNode node) {
        if (isTokens(node)) {
            return new Input(node.toString(), node.size());
        }
        if (!node.isTextual() || node.textValue().isEmpty()) {
            throw invalidInput();
        }
        return new Input(node.textValue(), Tokenizer.count(node.textValue()));
    }

    private static boolean isTokens(JsonNode node) {
        return node.isArray() && !node.isEmpty() && node.get(0).isIntegralNumber();
    }

    private static RefusedException invalidInput() {
        return OpenAiInvalid.value(
                "input",
                "'input' must be a string or an array of tokens, or an array of 1 to " + MAX_INPUTS
                        + " of them; none may be empty.");
    }

    private static void requireRoom(OpenAiModel model, int tokens) {
        if (tokens > model.contextTokens()) {
            throw new RefusedException(
                    Kind.PROMPT_TOO_LONG,
                    "This model's maximum context length is " + model.contextTokens()
                            + " tokens, however you requested " + tokens + " tokens (" + tokens
                            + " in your prompt; 0 for the completion). Please reduce your prompt; or completion"
                            + " length.",
                    new Refusal.Detail("input", "context_length_exceeded"));
        }
    }

    private static String document(Answer answer, String data) {
        int tokens = answer.usage().inputTokens();
        return "{\"object\":\"list\",\"data\":[" + data + "],\"model\":" + Json.quote(answer.model())
                + ",\"usage\":{\"prompt_tokens\":" + tokens + ",\"total_tokens\":" + tokens + "}}";
    }

    private static String data(List<Input> inputs, int dimensions, boolean base64) {
        StringBuilder data = new StringBuilder();
        for (int i = 0; i < inputs.size(); i++) {
            TextVector vector = TextVector.of(inputs.get(i).text(), dimensions);
            data.append(i == 0 ? "" : ",")
                    .append("{\"object\":\"embedding\",\"index\":")
                    .append(i)
                    .append(",\"embedding\":")
                    .append(base64 ? Json.quote(vector.base64()) : vector.json())
                    .append('}');
        }
        return data.toString();
    }
}
