package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.cache.Cacheable;
import io.bookstore.simulator.wire.GenerationRequest;
import org.jspecify.annotations.Nullable;

/** Reads a request for a chat completion. */
final class OpenAiRequest {

    // Three around each message, one for its role, three that begin the answer: OpenAI's cookbook on counting tokens.
    private static final int TOKENS_PER_MESSAGE = 4;
    private static final int TOKENS_PER_REQUEST = 3;

    private OpenAiRequest() {}

    static GenerationRequest read(JsonNode body) {
        String model = body.path("model").asText();
        if (model.isEmpty()) {
            throw OpenAiInvalid.noModel();
        }
        return read(body, model);
    }

    static GenerationRequest read(JsonNode body, String name) {
        OpenAiModel model = OpenAiModel.named(name);
        boolean streaming = body.path("stream").asBoolean(false);
        String prompt = prompt(body.path("messages"));
        int inputTokens = Tokenizer.count(prompt)
                + TOKENS_PER_MESSAGE * body.path("messages").size()
                + TOKENS_PER_REQUEST
                + OpenAiImages.tokens(name, body.path("messages"));
        model.requireInputTokens("messages", inputTokens);
        return new GenerationRequest(
                name,
                prompt,
                inputTokens,
                maxTokens(body, model),
                streaming,
                cacheable(prompt, inputTokens),
                format(body, streaming));
    }

    /** https://platform.openai.com/docs/guides/prompt-caching: from 1,024 tokens on, in steps of 128. */
    static Cacheable cacheable(String prompt, int inputTokens) {
        return Cacheable.automatic(prompt, inputTokens, 1_024, 128);
    }

    private static OpenAiAnswer format(JsonNode body, boolean streaming) {
        if (!streaming) {
            return OpenAiAnswer.DOCUMENT;
        }
        return body.path("stream_options").path("include_usage").asBoolean(false)
                ? OpenAiAnswer.STREAM_WITH_USAGE
                : OpenAiAnswer.STREAM;
    }

    private static @Nullable Integer maxTokens(JsonNode body, OpenAiModel model) {
        for (String key : new String[] {"max_completion_tokens", "max_tokens"}) {
            JsonNode limit = body.path(key);
            if (limit.isMissingNode() || limit.isNull()) {
                continue;
            }
            if (!limit.isInt() || limit.intValue() < 1) {
                throw OpenAiInvalid.belowMinimum(key, 1, limit);
            }
            model.requireOutputTokens(key, limit);
            return limit.intValue();
        }
        return null;
    }

    private static String prompt(JsonNode messages) {
        if (messages.isMissingNode()) {
            throw OpenAiInvalid.missing("messages");
        }
        if (!messages.isArray()) {
            throw OpenAiInvalid.wrongType("messages", "an array of objects");
        }
        if (messages.isEmpty()) {
            throw OpenAiInvalid.emptyArray("messages");
        }
        StringBuilder prompt = new StringBuilder();
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).path("role").asText().isEmpty()) {
                throw OpenAiInvalid.missing("messages[" + i + "].role");
            }
            appendText(prompt, messages.get(i).path("content"));
        }
        return prompt.toString();
    }

    private static void appendText(StringBuilder prompt, JsonNode content) {
        if (content.isTextual()) {
            prompt.append(content.textValue()).append('\n');
        }
        for (JsonNode part : content) {
            if (!OpenAiImages.isImage(part)) {
                prompt.append(part.path("text").asText("")).append('\n');
            }
        }
    }
}
