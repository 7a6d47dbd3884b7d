package io.bookstore.simulator.gemini;

import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The list of models: https://ai.google.dev/api/models. Any model is served whose name begins with {@code gemini} or
 * {@code gemma}, and embeds if it has {@code embedding} in its name.
 */
final class GeminiModels {

    private static final List<String> LISTED = List.of("gemini-2.5-flash", "gemini-2.5-pro", "gemini-embedding-001");
    private static final String EMBEDDING = "embedding";
    private static final int MAX_EMBEDDED_TOKENS = 2_048; // of gemini-embedding-001; the rest is cut off

    private GeminiModels() {}

    static String list() {
        return LISTED.stream().map(GeminiModels::document).collect(Collectors.joining(",", "{\"models\":[", "]}"));
    }

    /** @throws RefusedException if there is none of that name */
    static String model(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return document(name.contains(EMBEDDING) ? knownForEmbeddings(name) : known(name));
    }

    /**
     * Returns the name of a model for embeddings.
     *
     * @throws RefusedException if there is none of that name
     */
    static String knownForEmbeddings(String name) {
        if (!name.contains(EMBEDDING)) {
            throw notFound(name, "embedContent");
        }
        return name;
    }

    /**
     * Returns the name.
     *
     * @throws RefusedException if there is no model of that name
     */
    static String known(String name) {
        if (!name.startsWith("gemini") && !name.startsWith("gemma")) {
            throw notFound(name, "generateContent");
        }
        return name;
    }

    private static RefusedException notFound(String name, String method) {
        return new RefusedException(
                Kind.UNKNOWN_MODEL,
                "models/" + name + " is not found for API version v1beta, or is not supported for " + method
                        + ". Call ListModels to see the list of available models and their supported methods.");
    }

    private static String document(String name) {
        boolean embeds = name.contains(EMBEDDING);
        return "{\"name\":" + Json.quote("models/" + name) + ",\"version\":\"001\",\"displayName\":" + Json.quote(name)
                + ",\"inputTokenLimit\":" + (embeds ? MAX_EMBEDDED_TOKENS : GeminiRequest.MAX_INPUT_TOKENS)
                + ",\"outputTokenLimit\":" + (embeds ? 1 : GeminiRequest.MAX_OUTPUT_TOKENS)
                + ",\"supportedGenerationMethods\":["
                + (embeds ? "\"embedContent\",\"batchEmbedContents\"" : "\"generateContent\",\"countTokens\"") + "]}";
    }
}
