package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.draw.Draw;
import io.bookstore.simulator.draw.Draws;
import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.DocumentFormat;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Embeddings: unit vectors that depend on the text alone. Texts are as near as they share words, in any order and case;
 * nothing is learned, so a synonym is a stranger.
 */
final class OpenAiEmbeddings {

    private static final int DIMENSIONS = 1_536; // of text-embedding-3-small
    private static final int MAX_DIMENSIONS = 3_072;
    private static final int MAX_INPUTS = 2_048;

    private static final Pattern WORDS = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final double OWN_WEIGHT = 0.3;

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
        int dimensions = body.path("dimensions").asInt(DIMENSIONS);
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
            float[] vector = vector(inputs.get(i).text(), dimensions);
            data.append(i == 0 ? "" : ",")
                    .append("{\"object\":\"embedding\",\"index\":")
                    .append(i)
                    .append(",\"embedding\":")
                    .append(base64 ? base64(vector) : numbers(vector))
                    .append('}');
        }
        return data.toString();
    }

    private static float[] vector(String text, int dimensions) {
        double[] sum = new double[dimensions];
        List<String> words = WORDS.matcher(text)
                .results()
                .map(word -> word.group().toLowerCase(Locale.ROOT))
                .toList();
        words.forEach(word -> add(sum, word, 1));
        // Two texts of the same words are not the same text.
        add(sum, text, OWN_WEIGHT * Math.sqrt(Math.max(1, words.size())));
        double length = Math.sqrt(DoubleStream.of(sum).map(each -> each * each).sum());
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) (sum[i] / length);
        }
        return vector;
    }

    private static void add(double[] sum, String text, double weight) {
        Draw draw = Draws.of(0, text, 1).stream("embedding");
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * draw.between(-1, 1);
        }
    }

    private static String numbers(float[] vector) {
        StringBuilder numbers = new StringBuilder("[");
        for (int i = 0; i < vector.length; i++) {
            numbers.append(i == 0 ? "" : ",").append(vector[i]);
        }
        return numbers.append(']').toString();
    }

    /** Little-endian floats, as OpenAI's own clients ask for by default. */
    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return "\"" + Base64.getEncoder().encodeToString(bytes.array()) + "\"";
    }
}
