package io.bookstore.simulator.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.cache.PromptBlocks;
import io.bookstore.simulator.wire.AnswerRules;
import io.bookstore.simulator.wire.DocumentFormat;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Parameters;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import java.util.ArrayList;
import java.util.List;

/** Reads a request as strictly as Anthropic does, in its order and its words. */
final class AnthropicRequest {

    // Context window and longest answer of the Sonnet models: https://docs.claude.com/en/docs/about-claude/models
    private static final int MAX_INPUT_TOKENS = 200_000;
    private static final int MAX_OUTPUT_TOKENS = 64_000;

    // The price of the envelope of a message is not published; recordings of short prompts suggest a handful.
    private static final int TOKENS_PER_MESSAGE = 4; // assumption

    private static final DocumentFormat COUNT =
            new DocumentFormat(answer -> "{\"input_tokens\":" + answer.usage().inputTokens() + "}", answer -> "{}");

    /** https://docs.claude.com/en/api/messages. */
    static final Parameters PARAMETERS = Parameters.of("Anthropic Messages")
            .honoured("model", "messages", "max_tokens", "system", "stream", "stop_sequences", "tools", "tool_choice")
            .honoured("thinking", "output_config", "output_format", "cache_control")
            .checked("temperature", "top_p", "top_k")
            .refused("container", "context_management", "mcp_servers", "speed", "diagnostics")
            .ignored("metadata", "service_tier", "inference_geo");

    private AnthropicRequest() {}

    /** @param betas that the request asks for */
    static GenerationRequest read(JsonNode body, AnthropicBetas betas) {
        String model = model(body);
        int maxTokens = maxTokens(body, model);
        boolean streaming = streaming(body);
        checkParameters(body);
        PromptBlocks prompt = AnthropicPrompt.read(body, betas);
        AnswerRules rules = new AnswerRules(AnthropicSchemas.read(body), stops(body), AnthropicTools.read(body))
                .reasonedBy(AnthropicThinking.read(body, model, maxTokens, betas));
        int inputTokens = inputTokens(body, prompt);
        if (inputTokens > MAX_INPUT_TOKENS) {
            throw new RefusedException(
                    Kind.PROMPT_TOO_LONG,
                    "prompt is too long: " + inputTokens + " tokens > " + MAX_INPUT_TOKENS + " maximum");
        }
        return new GenerationRequest(
                model,
                prompt.text(),
                inputTokens,
                maxTokens,
                streaming,
                prompt.cacheable(inputTokens, leastCachedTokens(model)),
                streaming ? AnthropicAnswer.STREAM : AnthropicAnswer.DOCUMENT,
                rules);
    }

    static GenerationRequest readCount(JsonNode body, AnthropicBetas betas) {
        String model = model(body);
        checkParameters(body);
        PromptBlocks prompt = AnthropicPrompt.read(body, betas);
        AnthropicTools.read(body);
        AnthropicThinking.read(body, model, null, betas);
        return GenerationRequest.ofDocument(model, prompt.text(), inputTokens(body, prompt), COUNT);
    }

    private static void checkParameters(JsonNode body) {
        PARAMETERS.check(
                body,
                name -> invalid(name + ": this model does not support " + name + "."),
                name -> invalid(name + ": Extra inputs are not permitted"));
        requireRange(body, "temperature");
        requireRange(body, "top_p");
        JsonNode topK = body.path("top_k");
        if (!AnthropicSchemas.isAbsent(topK) && (!topK.isIntegralNumber() || topK.intValue() < 0)) {
            throw invalid("top_k: Input should be greater than or equal to 0");
        }
    }

    private static void requireRange(JsonNode body, String key) {
        JsonNode value = body.path(key);
        if (AnthropicSchemas.isAbsent(value)) {
            return;
        }
        if (!value.isNumber()) {
            throw invalid(key + ": Input should be a valid number");
        }
        if (value.doubleValue() < 0 || value.doubleValue() > 1) {
            throw invalid(key + ": range: 0..1");
        }
    }

    private static int inputTokens(JsonNode body, PromptBlocks prompt) {
        return Tokenizer.count(prompt.text())
                + TOKENS_PER_MESSAGE * body.path("messages").size()
                + prompt.otherTokens()
                + AnthropicTools.promptTokens(body, body.path("model").asText())
                + schemaTokens(body);
    }

    /** The tokens of a schema, which the model gets to read: assumed to be those of its text. */
    private static int schemaTokens(JsonNode body) {
        JsonNode schema = AnthropicSchemas.format(body).path("schema");
        return schema.isMissingNode() ? 0 : Tokenizer.count(schema.toString());
    }

    private static List<String> stops(JsonNode body) {
        JsonNode sequences = body.path("stop_sequences");
        if (sequences.isMissingNode() || sequences.isNull()) {
            return List.of();
        }
        if (!sequences.isArray()) {
            throw invalid("stop_sequences: Input should be a valid list");
        }
        List<String> stops = new ArrayList<>();
        for (JsonNode sequence : sequences) {
            if (!sequence.isTextual()) {
                throw invalid("stop_sequences." + stops.size() + ": Input should be a valid string");
            }
            if (sequence.textValue().isBlank()) {
                throw invalid("stop_sequences: each stop sequence must contain non-whitespace");
            }
            stops.add(sequence.textValue());
        }
        return stops;
    }

    /** https://docs.claude.com/en/docs/build-with-claude/prompt-caching#cache-limitations: 1,024, of Haiku 2,048 and more. */
    private static int leastCachedTokens(String model) {
        return model.contains("haiku") ? 2_048 : 1_024;
    }

    private static String model(JsonNode body) {
        JsonNode model = required(body, "model");
        if (!model.isTextual()) {
            throw invalid("model: Input should be a valid string");
        }
        return AnthropicModels.known(model.textValue());
    }

    private static int maxTokens(JsonNode body, String model) {
        JsonNode maxTokens = required(body, "max_tokens");
        if (!maxTokens.isIntegralNumber()) {
            throw invalid("max_tokens: Input should be a valid integer");
        }
        if (maxTokens.longValue() < 1) {
            throw invalid("max_tokens: Input should be greater than or equal to 1");
        }
        if (maxTokens.longValue() > MAX_OUTPUT_TOKENS) {
            throw invalid("max_tokens: " + maxTokens.longValue() + " > " + MAX_OUTPUT_TOKENS
                    + ", which is the maximum allowed number of output tokens for " + model);
        }
        return maxTokens.intValue();
    }

    private static boolean streaming(JsonNode body) {
        JsonNode stream = body.path("stream");
        if (!stream.isMissingNode() && !stream.isBoolean()) {
            throw invalid("stream: Input should be a valid boolean");
        }
        return stream.booleanValue();
    }

    static JsonNode required(JsonNode body, String key) {
        JsonNode value = body.path(key);
        if (value.isMissingNode()) {
            throw invalid(key + ": Field required");
        }
        return value;
    }

    static RefusedException invalid(String message) {
        return new RefusedException(Kind.INVALID_REQUEST, message);
    }
}
