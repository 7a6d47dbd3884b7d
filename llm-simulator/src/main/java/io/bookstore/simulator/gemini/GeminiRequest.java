package io.bookstore.simulator.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.cache.Cacheable;
import io.bookstore.simulator.image.ImageSize;
import io.bookstore.simulator.image.ImageTokens;
import io.bookstore.simulator.wire.DocumentFormat;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import io.bookstore.simulator.wire.WireRequest;
import org.jspecify.annotations.Nullable;

/** Reads a request; its model and whether it streams are in the path. */
final class GeminiRequest {

    static final int MAX_INPUT_TOKENS = 1_048_576; // of the 2.x models
    static final int MAX_OUTPUT_TOKENS = 65_536;
    private static final int CACHE_STEP_TOKENS = 128; // assumption: not published

    private static final DocumentFormat COUNT =
            new DocumentFormat(answer -> "{\"totalTokens\":" + answer.usage().inputTokens() + "}", answer -> "{}");

    private static final String[] IMAGES = {"inlineData", "inline_data", "fileData", "file_data"};

    private GeminiRequest() {}

    static GenerationRequest read(WireRequest request, boolean streaming) {
        String model = model(request.path());
        String prompt = prompt(request.body());
        int inputTokens = Tokenizer.count(prompt) + imageTokens(request.body());
        if (inputTokens > MAX_INPUT_TOKENS) {
            throw new RefusedException(
                    Kind.PROMPT_TOO_LONG,
                    "The input token count (" + inputTokens + ") exceeds the maximum number of tokens allowed ("
                            + MAX_INPUT_TOKENS + ").");
        }
        return new GenerationRequest(
                model,
                prompt,
                inputTokens,
                maxTokens(request.body()),
                streaming,
                Cacheable.automatic(prompt, inputTokens, leastCachedTokens(model), CACHE_STEP_TOKENS),
                format(request, streaming));
    }

    /** The rules of implicit caching: https://ai.google.dev/gemini-api/docs/caching. */
    private static int leastCachedTokens(String model) {
        return model.contains("pro") ? 4_096 : 1_024;
    }

    static GenerationRequest readCount(WireRequest request) {
        String prompt = prompt(request.body());
        int inputTokens = Tokenizer.count(prompt) + imageTokens(request.body());
        return GenerationRequest.ofDocument(model(request.path()), prompt, inputTokens, COUNT);
    }

    private static GeminiAnswer format(WireRequest request, boolean streaming) {
        if (!streaming) {
            return GeminiAnswer.DOCUMENT;
        }
        return ("&" + request.query() + "&").contains("&alt=sse&") ? GeminiAnswer.EVENTS : GeminiAnswer.ARRAY;
    }

    private static String model(String path) {
        return GeminiModels.known(path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf(':')));
    }

    private static String prompt(JsonNode body) {
        JsonNode contents = body.path("contents");
        if (!contents.isArray() || contents.isEmpty()) {
            throw new RefusedException(
                    Kind.INVALID_REQUEST, "* GenerateContentRequest.contents: contents is not specified\n");
        }
        StringBuilder prompt = new StringBuilder();
        JsonNode instruction = body.path("systemInstruction");
        appendText(prompt, instruction.isMissingNode() ? body.path("system_instruction") : instruction);
        contents.forEach(content -> appendText(prompt, content));
        return prompt.toString();
    }

    private static void appendText(StringBuilder prompt, JsonNode content) {
        for (JsonNode part : content.path("parts")) {
            if (!isImage(part)) {
                prompt.append(part.path("text").asText("")).append('\n');
            }
        }
    }

    private static int imageTokens(JsonNode body) {
        int tokens = 0;
        for (JsonNode content : body.path("contents")) {
            for (JsonNode part : content.path("parts")) {
                tokens += isImage(part) ? ImageTokens.ofGemini(size(part)) : 0;
            }
        }
        return tokens;
    }

    /** Returns whether the part is a picture; each key has two spellings, as everywhere in Google's JSON. */
    private static boolean isImage(JsonNode part) {
        for (String key : IMAGES) {
            JsonNode image = part.path(key);
            String type = image.path("mimeType").asText(image.path("mime_type").asText(""));
            if (type.startsWith("image/")) {
                return true;
            }
        }
        return false;
    }

    private static ImageSize size(JsonNode part) {
        JsonNode data = part.path(part.has("inlineData") ? "inlineData" : "inline_data").path("data");
        return data.isTextual() ? ImageSize.ofBase64(data.textValue()) : ImageSize.ASSUMED;
    }

    private static @Nullable Integer maxTokens(JsonNode body) {
        JsonNode limit = body.path("generationConfig").path("maxOutputTokens");
        if (limit.isMissingNode()) {
            return null;
        }
        if (!limit.isInt() || limit.intValue() < 1) {
            throw new RefusedException(
                    Kind.INVALID_REQUEST,
                    "* GenerateContentRequest.generation_config.max_output_tokens: max_output_tokens must be"
                            + " positive.\n");
        }
        if (limit.intValue() > MAX_OUTPUT_TOKENS) {
            throw new RefusedException(
                    Kind.INVALID_REQUEST,
                    "Unable to submit request because it has a maxOutputTokens value of " + limit
                            + " but the supported range is from 1 (inclusive) to " + (MAX_OUTPUT_TOKENS + 1)
                            + " (exclusive). Update the value and try again.");
        }
        return limit.intValue();
    }
}
