package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.cache.Cacheable;
import io.bookstore.simulator.schema.JsonSchema;
import io.bookstore.simulator.wire.AnswerRules;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Parameters;
import io.bookstore.simulator.wire.WireRequest;
import org.jspecify.annotations.Nullable;

/** Reads a request for a chat completion. */
final class OpenAiRequest {

    // Three around each message, one for its role, three that begin the answer: OpenAI's cookbook on counting tokens.
    private static final int TOKENS_PER_MESSAGE = 4;
    private static final int TOKENS_PER_REQUEST = 3;

    /** https://platform.openai.com/docs/api-reference/chat/create. */
    static final Parameters PARAMETERS = Parameters.of("OpenAI chat completions")
            .honoured("model", "messages", "stream", "stream_options", "max_completion_tokens", "max_tokens", "stop")
            .honoured("response_format", "tools", "tool_choice", "parallel_tool_calls", "reasoning_effort", "n")
            .honoured("logprobs", "top_logprobs")
            .checked("temperature", "top_p", "frequency_penalty", "presence_penalty", "seed")
            .refusedUnless("modalities", "[\"text\"]")
            .refusedUnless("verbosity", "\"medium\"")
            .refused("logit_bias", "audio", "prediction", "web_search_options", "functions", "function_call")
            .refused("prompt_cache_options", "moderation")
            .ignored("user", "metadata", "store", "service_tier", "prompt_cache_key", "prompt_cache_retention")
            .ignored("safety_identifier");

    private OpenAiRequest() {}

    static GenerationRequest read(WireRequest request) {
        String model = request.body().path("model").asText();
        if (model.isEmpty()) {
            throw OpenAiInvalid.noModel();
        }
        return read(request, model);
    }

    static GenerationRequest read(WireRequest request, String name) {
        JsonNode body = request.body();
        OpenAiModel model = OpenAiModel.named(name);
        PARAMETERS.check(
                body,
                parameter -> OpenAiInvalid.unsupportedParameter(parameter, ""),
                OpenAiModel.isOwn(name) ? OpenAiInvalid::unrecognized : null);
        OpenAiSampling.check(body, model);
        refuseObfuscation(body);
        boolean streaming = body.path("stream").asBoolean(false);
        String prompt = prompt(body.path("messages"), OpenAiModel.isOwn(name));
        OpenAiMessages messages = new OpenAiMessages(body.path("messages"));
        JsonSchema document = OpenAiSchemas.read(body.path("response_format"), "response_format", true, prompt);
        int inputTokens = Tokenizer.count(prompt)
                + TOKENS_PER_MESSAGE * body.path("messages").size()
                + TOKENS_PER_REQUEST
                + schemaTokens(body.path("response_format").path("json_schema"))
                + OpenAiToolTokens.count(body.path("tools"))
                + messages.callTokens()
                + new OpenAiDocuments(name, request).tokens(body.path("messages"), "messages");
        model.requireInputTokens("messages", inputTokens);
        return new GenerationRequest(
                name,
                prompt,
                inputTokens,
                maxTokens(body, model),
                streaming,
                cacheable(withTools(body, prompt), inputTokens),
                format(body, streaming),
                new AnswerRules(
                                document,
                                OpenAiStops.read(body.path("stop")),
                                OpenAiTools.CHAT.read(body, messages.loop()))
                        .reasonedBy(OpenAiReasoning.ofChat(body.path("reasoning_effort"), model, name))
                        .chosenAmong(OpenAiOdds.choices(body.path("n")), OpenAiOdds.ofChat(body, model)));
    }

    /** Padding of the events of a stream, which have none here unless it is asked for. */
    static void refuseObfuscation(JsonNode body) {
        if (body.path("stream_options").path("include_obfuscation").asBoolean(false)) {
            throw OpenAiInvalid.unsupportedParameter("stream_options.include_obfuscation", "");
        }
    }

    /** The tokens of a schema, which the model gets to read: assumed to be those of its text. */
    static int schemaTokens(JsonNode definition) {
        JsonNode schema = definition.path("schema");
        return schema.isObject() ? Tokenizer.count(schema.toString()) : 0;
    }

    /** The whole prompt: definitions of tools are the beginning of what is kept, says the page on prompt caching. */
    static String withTools(JsonNode body, String prompt) {
        JsonNode tools = body.path("tools");
        return tools.isEmpty() ? prompt : tools + prompt;
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
            if (key.equals("max_tokens") && model.reasons()) {
                throw OpenAiInvalid.unsupportedParameter(key, " Use 'max_completion_tokens' instead.");
            }
            if (!limit.isInt() || limit.intValue() < 1) {
                throw OpenAiInvalid.belowMinimum(key, "integer", 1, limit);
            }
            model.requireOutputTokens(key, limit);
            return limit.intValue();
        }
        return null;
    }

    private static String prompt(JsonNode messages, boolean strict) {
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
            JsonNode content = messages.get(i).path("content");
            if (strict) {
                OpenAiParts.requireKnown(content, OpenAiParts.OF_CHATS, "messages[" + i + "].content");
            }
            appendText(prompt, content);
        }
        return prompt.toString();
    }

    private static void appendText(StringBuilder prompt, JsonNode content) {
        if (content.isTextual()) {
            prompt.append(content.textValue()).append('\n');
        }
        for (JsonNode part : content) {
            if (!OpenAiDocuments.isDocument(part)) {
                prompt.append(part.path("text").asText("")).append('\n');
            }
        }
    }
}
