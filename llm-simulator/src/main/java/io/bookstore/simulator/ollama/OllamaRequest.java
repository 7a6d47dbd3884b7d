package io.bookstore.simulator.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.cache.Cacheable;
import io.bookstore.simulator.image.ImageTokens;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import org.jspecify.annotations.Nullable;

/** Reads a request; both kinds stream unless told otherwise. */
final class OllamaRequest {

    // The tokens that a chat template adds to a message; Llama 3's adds a header of that size.
    private static final int TOKENS_PER_MESSAGE = 5; // assumption

    // Any other name is taken for a model that has been pulled.
    private static final String UNKNOWN = "unknown";

    private OllamaRequest() {}

    static GenerationRequest readChat(JsonNode body) {
        String model = model(body);
        JsonNode messages = body.path("messages");
        if (!messages.isArray()) {
            throw new RefusedException(Kind.INVALID_REQUEST, "messages is required");
        }
        StringBuilder prompt = new StringBuilder();
        messages.forEach(
                message -> prompt.append(message.path("content").asText("")).append('\n'));
        boolean streaming = streaming(body);
        return new GenerationRequest(
                model,
                prompt.toString(),
                Tokenizer.count(prompt.toString()) + TOKENS_PER_MESSAGE * messages.size() + imageTokens(messages),
                maxTokens(body),
                streaming,
                Cacheable.NOTHING,
                streaming ? OllamaAnswer.CHAT_STREAM : OllamaAnswer.CHAT_DOCUMENT);
    }

    static GenerationRequest readGenerate(JsonNode body) {
        String model = model(body);
        String prompt =
                body.path("system").asText("") + "\n" + body.path("prompt").asText("");
        boolean streaming = streaming(body);
        return new GenerationRequest(
                model,
                prompt,
                Tokenizer.count(prompt) + TOKENS_PER_MESSAGE + ImageTokens.ofOllama() * body.path("images").size(),
                maxTokens(body),
                streaming,
                Cacheable.NOTHING,
                streaming ? OllamaAnswer.GENERATE_STREAM : OllamaAnswer.GENERATE_DOCUMENT);
    }

    private static int imageTokens(JsonNode messages) {
        int images = 0;
        for (JsonNode message : messages) {
            images += message.path("images").size();
        }
        return ImageTokens.ofOllama() * images;
    }

    static String model(JsonNode body) {
        String model = body.path("model").asText("");
        if (model.isEmpty()) {
            throw new RefusedException(Kind.INVALID_REQUEST, "model is required");
        }
        if (model.startsWith(UNKNOWN)) {
            throw new RefusedException(Kind.UNKNOWN_MODEL, "model '" + model + "' not found");
        }
        return model;
    }

    private static boolean streaming(JsonNode body) {
        return body.path("stream").asBoolean(true);
    }

    /** Negative means no limit, as in Ollama. */
    private static @Nullable Integer maxTokens(JsonNode body) {
        int limit = body.path("options").path("num_predict").asInt(-1);
        return limit < 1 ? null : Integer.valueOf(limit);
    }
}
