package io.bookstore.simulator.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.embedding.TextVector;
import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.DocumentFormat;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Embeddings: https://github.com/ollama/ollama/blob/main/docs/api.md#generate-embeddings, and the older call of one text. */
final class OllamaEmbeddings {

    private static final int MOST_DIMENSIONS = 4_096; // of the largest models that embed

    private OllamaEmbeddings() {}

    static GenerationRequest read(JsonNode body) {
        String model = OllamaRequest.model(body);
        List<String> inputs = inputs(body.path("input"));
        int dimensions = body.path("dimensions").asInt(dimensions(model));
        if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
            throw new RefusedException(
                    Kind.INVALID_REQUEST, "dimensions must be from 1 to " + MOST_DIMENSIONS + ", was " + dimensions);
        }
        return request(
                model,
                inputs,
                new DocumentFormat(
                        answer -> document(
                                answer,
                                inputs.stream()
                                        .map(text ->
                                                TextVector.of(text, dimensions).json())
                                        .collect(Collectors.joining(","))),
                        answer -> document(answer, "")));
    }

    /** The vector of a single text, without counts and times. */
    static GenerationRequest readOne(JsonNode body) {
        String model = OllamaRequest.model(body);
        String prompt = body.path("prompt").asText("");
        // Without a prompt Ollama loads the model, and no more.
        Function<Answer, String> nothing = answer -> "{\"embedding\":[]}";
        Function<Answer, String> vector = answer ->
                "{\"embedding\":" + TextVector.of(prompt, dimensions(model)).json() + "}";
        return request(model, List.of(prompt), new DocumentFormat(prompt.isEmpty() ? nothing : vector, nothing));
    }

    private static GenerationRequest request(String model, List<String> inputs, DocumentFormat format) {
        return GenerationRequest.ofDocument(
                model,
                String.join("\n", inputs),
                inputs.stream().mapToInt(Tokenizer::count).sum(),
                format);
    }

    private static List<String> inputs(JsonNode input) {
        List<String> inputs = new ArrayList<>();
        if (input.isTextual() && !input.textValue().isEmpty()) {
            inputs.add(input.textValue());
        } else if (input.isArray()) {
            input.forEach(each -> inputs.add(text(each)));
        } else if (!input.isMissingNode() && !input.isNull() && !input.isTextual()) {
            throw wrongType();
        }
        return inputs;
    }

    private static String text(JsonNode input) {
        if (!input.isTextual()) {
            throw wrongType();
        }
        return input.textValue();
    }

    private static RefusedException wrongType() {
        return new RefusedException(Kind.INVALID_REQUEST, "invalid input type");
    }

    /** The sizes that the pages of the models name; 768 is that of nomic-embed-text. */
    private static int dimensions(String model) {
        if (model.startsWith("mxbai-embed-large") || model.startsWith("bge-m3")) {
            return 1_024;
        }
        return model.startsWith("all-minilm") ? 384 : 768;
    }

    private static String document(Answer answer, String vectors) {
        Answer.Timing timing = answer.timing();
        return "{\"model\":" + Json.quote(answer.model()) + ",\"embeddings\":[" + vectors + "],\"total_duration\":"
                + (timing.loadNanos() + timing.promptNanos()) + ",\"load_duration\":" + timing.loadNanos()
                + ",\"prompt_eval_count\":" + answer.usage().inputTokens() + "}";
    }
}
