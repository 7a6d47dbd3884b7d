package io.bookstore.simulator.gemini;

import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The list of models: https://ai.google.dev/api/models. Any model is served whose name begins with {@code gemini} or
 * {@code gemma}.
 */
final class GeminiModels {

    private static final List<String> LISTED = List.of("gemini-2.5-flash", "gemini-2.5-pro");

    private GeminiModels() {}

    static String list() {
        return LISTED.stream().map(GeminiModels::document).collect(Collectors.joining(",", "{\"models\":[", "]}"));
    }

    /** @throws RefusedException if there is none of that name */
    static String model(String path) {
        return document(known(path.substring(path.lastIndexOf('/') + 1)));
    }

    /**
     * Returns the name.
     *
     * @throws RefusedException if there is no model of that name
     */
    static String known(String name) {
        if (!name.startsWith("gemini") && !name.startsWith("gemma")) {
            throw new RefusedException(
                    Kind.UNKNOWN_MODEL,
                    "models/" + name + " is not found for API version v1beta, or is not supported for generateContent."
                            + " Call ListModels to see the list of available models and their supported methods.");
        }
        return name;
    }

    private static String document(String name) {
        return "{\"name\":" + Json.quote("models/" + name) + ",\"version\":\"001\",\"displayName\":" + Json.quote(name)
                + ",\"inputTokenLimit\":" + GeminiRequest.MAX_INPUT_TOKENS + ",\"outputTokenLimit\":"
                + GeminiRequest.MAX_OUTPUT_TOKENS
                + ",\"supportedGenerationMethods\":[\"generateContent\",\"countTokens\"]}";
    }
}
