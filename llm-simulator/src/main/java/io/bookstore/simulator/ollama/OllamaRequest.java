package io.bookstore.simulator.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.cache.Cacheable;
import io.bookstore.simulator.image.ImageTokens;
import io.bookstore.simulator.schema.JsonSchema;
import io.bookstore.simulator.schema.SchemaException;
import io.bookstore.simulator.wire.AnswerRules;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Parameters;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import io.bookstore.simulator.wire.ToolRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a request; both kinds stream unless told otherwise. */
final class OllamaRequest {

    // The tokens that a chat template adds to a message; Llama 3's adds a header of that size.
    private static final int TOKENS_PER_MESSAGE = 5; // assumption

    // Any other name is taken for a model that has been pulled.
    private static final String UNKNOWN = "unknown";

    /** https://github.com/ollama/ollama/blob/main/docs/api.md; unknown parameters are ignored there. */
    static final Parameters CHAT_PARAMETERS = Parameters.of("Ollama chat")
            .honoured("model", "messages", "stream", "format", "tools", "think", "options.num_predict", "options.stop")
            .honoured("logprobs", "top_logprobs")
            .ignored("keep_alive", "truncate", "shift", "all others of options");

    static final Parameters GENERATE_PARAMETERS = Parameters.of("Ollama generate")
            .honoured("model", "prompt", "system", "stream", "format", "think", "options.num_predict", "options.stop")
            .honoured("logprobs", "top_logprobs")
            .refused("suffix", "template", "raw", "context")
            .ignored("keep_alive", "truncate", "shift", "images", "all others of options");

    private OllamaRequest() {}

    static GenerationRequest readChat(JsonNode body) {
        String model = model(body);
        CHAT_PARAMETERS.check(body, name -> unsupported(name, model), null);
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
                Tokenizer.count(prompt.toString())
                        + TOKENS_PER_MESSAGE * messages.size()
                        + OllamaTools.tokens(body)
                        + imageTokens(messages),
                maxTokens(body),
                streaming,
                Cacheable.NOTHING,
                streaming ? OllamaAnswer.CHAT_STREAM : OllamaAnswer.CHAT_DOCUMENT,
                new AnswerRules(document(body.path("format")), stops(body), OllamaTools.read(body))
                        .reasonedBy(OllamaThinking.read(body.path("think"), model))
                        .chosenAmong(1, OllamaOdds.read(body)));
    }

    static GenerationRequest readGenerate(JsonNode body) {
        String model = model(body);
        GENERATE_PARAMETERS.check(body, name -> unsupported(name, model), null);
        String prompt =
                body.path("system").asText("") + "\n" + body.path("prompt").asText("");
        boolean streaming = streaming(body);
        return new GenerationRequest(
                model,
                prompt,
                Tokenizer.count(prompt)
                        + TOKENS_PER_MESSAGE
                        + ImageTokens.ofOllama() * body.path("images").size(),
                maxTokens(body),
                streaming,
                Cacheable.NOTHING,
                streaming ? OllamaAnswer.GENERATE_STREAM : OllamaAnswer.GENERATE_DOCUMENT,
                new AnswerRules(document(body.path("format")), stops(body), ToolRules.NONE)
                        .reasonedBy(OllamaThinking.read(body.path("think"), model))
                        .chosenAmong(1, OllamaOdds.read(body)));
    }

    private static RefusedException unsupported(String name, String model) {
        return new RefusedException(
                Kind.INVALID_REQUEST,
                "\"" + model + "\" does not support " + (name.equals("suffix") ? "insert" : name));
    }

    /** The schema of {@code format}. Ollama makes a grammar of it, which is no part of the prompt. */
    private static @Nullable JsonSchema document(JsonNode format) {
        if (format.isMissingNode()
                || format.isNull()
                || format.isTextual() && format.textValue().isEmpty()) {
            return null;
        }
        if (format.isTextual() && format.textValue().equals("json")) {
            return JsonSchema.SOME_OBJECT;
        }
        if (!format.isObject()) {
            throw new RefusedException(
                    Kind.INVALID_REQUEST,
                    "invalid format: " + format + "; expected \"json\" or a valid JSON Schema object");
        }
        try {
            return JsonSchema.read(format);
        } catch (SchemaException e) {
            throw new RefusedException(Kind.INVALID_REQUEST, "invalid JSON schema in format: " + e.getMessage());
        }
    }

    private static List<String> stops(JsonNode body) {
        JsonNode stop = body.path("options").path("stop");
        if (stop.isTextual()) {
            return List.of(stop.textValue());
        }
        List<String> stops = new ArrayList<>();
        stop.forEach(each -> stops.add(each.asText()));
        return stops;
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
