package io.bookstore.simulator.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.embedding.TextVector;
import io.bookstore.simulator.wire.DocumentFormat;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import io.bookstore.simulator.wire.WireRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Embeddings: https://ai.google.dev/api/embeddings. The task type changes nothing. */
final class GeminiEmbeddings {

    private static final int DIMENSIONS = 3_072; // of gemini-embedding-001
    private static final int OLDER_DIMENSIONS = 768; // of text-embedding-004 and embedding-001
    private static final int MOST_REQUESTS = 100;

    /** A text to be embedded, and the size of its vector. */
    private record Input(String text, int dimensions) {

        String document() {
            return "{\"values\":" + TextVector.of(text, dimensions).json() + "}";
        }
    }

    private GeminiEmbeddings() {}

    static GenerationRequest read(WireRequest request) {
        String model = model(request);
        Input input = input("EmbedContentRequest", model, request.body());
        return request(
                model,
                List.of(input),
                new DocumentFormat(answer -> "{\"embedding\":" + input.document() + "}", answer -> "{}"));
    }

    static GenerationRequest readBatch(WireRequest request) {
        String model = model(request);
        JsonNode requests = request.body().path("requests");
        if (!requests.isArray() || requests.isEmpty()) {
            throw invalid("* BatchEmbedContentsRequest.requests: requests is not specified\n");
        }
        if (requests.size() > MOST_REQUESTS) {
            throw invalid("* BatchEmbedContentsRequest.requests: at most " + MOST_REQUESTS
                    + " requests can be in one batch\n");
        }
        List<Input> inputs = new ArrayList<>();
        requests.forEach(
                each -> inputs.add(input("BatchEmbedContentsRequest.requests[" + inputs.size() + "]", model, each)));
        return request(
                model,
                inputs,
                new DocumentFormat(
                        answer -> inputs.stream()
                                .map(Input::document)
                                .collect(Collectors.joining(",", "{\"embeddings\":[", "]}")),
                        answer -> "{}"));
    }

    private static GenerationRequest request(String model, List<Input> inputs, DocumentFormat format) {
        return GenerationRequest.ofDocument(
                model,
                inputs.stream().map(Input::text).collect(Collectors.joining("\n")),
                inputs.stream().mapToInt(input -> Tokenizer.count(input.text())).sum(),
                format);
    }

    private static Input input(String key, String model, JsonNode request) {
        JsonNode parts = request.path("content").path("parts");
        if (parts.isEmpty()) {
            throw invalid("* " + key + ".content: content is required\n");
        }
        StringBuilder text = new StringBuilder();
        parts.forEach(part ->
                text.append(text.isEmpty() ? "" : "\n").append(part.path("text").asText("")));
        JsonNode named = request.path("outputDimensionality");
        int most = model.startsWith("gemini") ? DIMENSIONS : OLDER_DIMENSIONS;
        int dimensions = (named.isMissingNode() ? request.path("output_dimensionality") : named).asInt(most);
        if (dimensions < 1 || dimensions > most) {
            throw invalid(
                    "* " + key + ".output_dimensionality: must be from 1 to " + most + ", was " + dimensions + "\n");
        }
        return new Input(text.toString(), dimensions);
    }

    private static String model(WireRequest request) {
        String path = request.path();
        return GeminiModels.knownForEmbeddings(path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf(':')));
    }

    private static RefusedException invalid(String message) {
        return new RefusedException(Kind.INVALID_REQUEST, message);
    }
}
