package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.draw.Draw;
import io.bookstore.simulator.draw.Draws;
import io.bookstore.simulator.wire.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Embeddings: unit vectors that depend on the text alone. Near in meaning is not near in these; nothing is learned. */
final class OpenAiEmbeddings {

    private static final int DIMENSIONS = 1_536; // of text-embedding-3-small
    private static final int MAX_DIMENSIONS = 3_072;
    private static final int MAX_INPUTS = 2_048;

    private OpenAiEmbeddings() {}

    static String answer(JsonNode body) {
        String model = body.path("model").asText();
        if (model.isEmpty()) {
            throw OpenAiInvalid.noModel();
        }
        return answer(body, model);
    }

    static String answer(JsonNode body, String model) {
        OpenAiModel.named(model);
        int dimensions = body.path("dimensions").asInt(DIMENSIONS);
        if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
            throw OpenAiInvalid.value(
                    "dimensions",
                    "Invalid 'dimensions': expected a value from 1 to " + MAX_DIMENSIONS + ", but got " + dimensions
                            + " instead.");
        }
        boolean base64 = body.path("encoding_format").asText().equals("base64");
        List<String> inputs = inputs(body.path("input"));
        StringBuilder data = new StringBuilder();
        int tokens = 0;
        for (int i = 0; i < inputs.size(); i++) {
            float[] vector = vector(inputs.get(i), dimensions);
            tokens += Tokenizer.count(inputs.get(i));
            data.append(i == 0 ? "" : ",")
                    .append("{\"object\":\"embedding\",\"index\":")
                    .append(i)
                    .append(",\"embedding\":")
                    .append(base64 ? base64(vector) : numbers(vector))
                    .append('}');
        }
        return "{\"object\":\"list\",\"data\":[" + data + "],\"model\":" + Json.quote(model)
                + ",\"usage\":{\"prompt_tokens\":" + tokens + ",\"total_tokens\":" + tokens + "}}";
    }

    private static List<String> inputs(JsonNode input) {
        List<String> inputs = new ArrayList<>();
        if (input.isTextual()) {
            inputs.add(input.textValue());
        }
        input.forEach(text -> inputs.add(text.asText()));
        if (inputs.isEmpty() || inputs.size() > MAX_INPUTS) {
            throw OpenAiInvalid.value(
                    "input", "'input' must be a string or an array of 1 to " + MAX_INPUTS + " strings.");
        }
        return inputs;
    }

    private static float[] vector(String text, int dimensions) {
        Draw draw = Draws.of(0, text, 1).stream("embedding");
        float[] vector = new float[dimensions];
        double square = 0;
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) draw.between(-1, 1);
            square += vector[i] * vector[i];
        }
        for (int i = 0; i < dimensions; i++) {
            vector[i] /= (float) Math.sqrt(square);
        }
        return vector;
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
