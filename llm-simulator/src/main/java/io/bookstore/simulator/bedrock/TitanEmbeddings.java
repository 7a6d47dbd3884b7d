package io.bookstore.simulator.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.embedding.TextVector;
import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.DocumentFormat;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import io.bookstore.simulator.wire.WireRequest;
import java.util.ArrayList;
import java.util.List;

/** Titan's embeddings: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html. */
final class TitanEmbeddings {

    private static final String FIRST = "amazon.titan-embed-text-v1";
    private static final int DIMENSIONS_OF_FIRST = 1_536;
    private static final List<Integer> DIMENSIONS = List.of(1_024, 512, 256);
    private static final int MAX_TOKENS = 8_192;

    private TitanEmbeddings() {}

    static GenerationRequest read(WireRequest request) {
        String model = BedrockRequest.model(request.path());
        JsonNode body = request.body();
        String text = body.path("inputText").asText("");
        if (text.isEmpty()) {
            throw invalid(
                    "Malformed input request: expected minLength: 1, actual: 0, please reformat your input and try"
                            + " again.");
        }
        int tokens = Tokenizer.count(text);
        if (tokens > MAX_TOKENS) {
            throw new RefusedException(
                    Kind.PROMPT_TOO_LONG,
                    "400 Bad Request: Too many input tokens. Max input tokens: " + MAX_TOKENS
                            + ", request input token count: " + tokens);
        }
        boolean first = model.contains(FIRST);
        int dimensions = first ? DIMENSIONS_OF_FIRST : dimensions(body.path("dimensions"));
        List<String> types = first ? List.of() : types(body.path("embeddingTypes"));
        return GenerationRequest.ofDocument(
                model,
                text,
                tokens,
                new DocumentFormat(answer -> document(answer, TextVector.of(text, dimensions), types), answer -> "{}"));
    }

    private static int dimensions(JsonNode asked) {
        int dimensions = asked.asInt(DIMENSIONS.get(0));
        if (!DIMENSIONS.contains(dimensions)) {
            throw invalid("Malformed input request: #/dimensions: " + asked
                    + " is not a valid enum value, please reformat" + " your input and try again.");
        }
        return dimensions;
    }

    private static List<String> types(JsonNode asked) {
        List<String> types = new ArrayList<>();
        asked.forEach(type -> types.add(type.asText()));
        if (types.isEmpty()) {
            return List.of("float");
        }
        if (!List.of("float", "binary").containsAll(types)) {
            throw invalid("Malformed input request: #/embeddingTypes: " + asked + " is not a valid enum value, please"
                    + " reformat your input and try again.");
        }
        return types;
    }

    private static String document(Answer answer, TextVector vector, List<String> types) {
        String floats = vector.json();
        StringBuilder byType = new StringBuilder();
        for (String type : types) {
            byType.append(byType.isEmpty() ? "" : ",")
                    .append('"')
                    .append(type)
                    .append("\":")
                    .append(type.equals("float") ? floats : vector.bits());
        }
        return "{" + (types.isEmpty() || types.contains("float") ? "\"embedding\":" + floats + "," : "")
                + (types.isEmpty() ? "" : "\"embeddingsByType\":{" + byType + "},") + "\"inputTextTokenCount\":"
                + answer.usage().inputTokens() + "}";
    }

    private static RefusedException invalid(String message) {
        return new RefusedException(Kind.INVALID_REQUEST, message);
    }
}
