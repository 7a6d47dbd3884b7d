package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.schema.JsonSchema;
import io.bookstore.simulator.wire.AnswerRules;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Parameters;
import io.bookstore.simulator.wire.WireRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a request for a response: https://platform.openai.com/docs/api-reference/responses/create. */
final class ResponsesRequest {

    // As for chat completions; what items cost is not published.
    private static final int TOKENS_PER_ITEM = 4; // assumption
    private static final int TOKENS_PER_REQUEST = 3; // assumption

    private static final int LEAST_MAX_OUTPUT_TOKENS = 16;

    static final Parameters PARAMETERS = Parameters.of("OpenAI responses")
            .honoured("model", "input", "instructions", "stream", "max_output_tokens", "text")
            .honoured("tools", "tool_choice", "parallel_tool_calls", "reasoning", "include", "top_logprobs")
            .honoured("store", "previous_response_id", "conversation", "background")
            .checked("temperature", "top_p")
            .refusedUnless("truncation", "\"disabled\"")
            .refusedUnless("text.verbosity", "\"medium\"")
            .refused(
                    "prompt",
                    "max_tool_calls",
                    "context_management",
                    "multi_agent",
                    "prompt_cache_options",
                    "moderation")
            .ignored("metadata", "user", "service_tier", "stream_options", "prompt_cache_key")
            .ignored("prompt_cache_retention", "safety_identifier");

    private ResponsesRequest() {}

    /** Reads a request in whose input {@link ResponsesHistory} has put the conversation before it. */
    static GenerationRequest read(WireRequest request) {
        JsonNode body = request.body();
        String name = body.path("model").asText();
        if (name.isEmpty()) {
            throw OpenAiInvalid.missing("model");
        }
        OpenAiModel model = OpenAiModel.named(name);
        check(body, name, model);
        boolean streaming = body.path("stream").asBoolean(false);
        StringBuilder prompt = new StringBuilder();
        JsonNode instructions = body.path("instructions");
        if (instructions.isTextual()) {
            prompt.append(instructions.textValue()).append('\n');
        }
        int items = appendInput(prompt, body.path("input"));
        ResponsesItems history = new ResponsesItems(body.path("input"));
        JsonNode format = body.path("text").path("format");
        JsonSchema document = OpenAiSchemas.read(format, "text.format", false, prompt.toString());
        int inputTokens = Tokenizer.count(prompt.toString())
                + TOKENS_PER_ITEM * items
                + TOKENS_PER_REQUEST
                + OpenAiRequest.schemaTokens(format)
                + OpenAiToolTokens.count(body.path("tools"))
                + history.tokens()
                + new OpenAiDocuments(name, request).tokens(body.path("input"), "input");
        model.requireInputTokens("input", inputTokens);
        return new GenerationRequest(
                name,
                prompt.toString(),
                inputTokens,
                maxTokens(body.path("max_output_tokens"), model),
                streaming,
                OpenAiRequest.cacheable(history.after(OpenAiRequest.withTools(body, prompt.toString())), inputTokens),
                new ResponsesAnswer(
                        streaming,
                        encrypted(body.path("include")),
                        ResponsesEcho.of(body),
                        ResponsesKeeper.of(request)),
                new AnswerRules(document, List.of(), OpenAiTools.RESPONSES.read(body, history.loop()))
                        .reasonedBy(OpenAiReasoning.ofResponse(body.path("reasoning"), model, name))
                        .chosenAmong(1, OpenAiOdds.ofResponse(body, model)));
    }

    private static void check(JsonNode body, String name, OpenAiModel model) {
        PARAMETERS.check(
                body,
                parameter -> OpenAiInvalid.unsupportedParameter(parameter, ""),
                OpenAiModel.isOwn(name) ? OpenAiInvalid::unknown : null);
        OpenAiSampling.check(body, model);
        OpenAiRequest.refuseObfuscation(body);
        checkParts(body, name);
    }

    private static void checkParts(JsonNode body, String name) {
        String verbosity = body.path("text").path("verbosity").asText("medium");
        if (!verbosity.equals("medium")) {
            throw OpenAiInvalid.unsupportedParameter("text.verbosity", "");
        }
        JsonNode input = body.path("input");
        for (int i = 0; OpenAiModel.isOwn(name) && input.isArray() && i < input.size(); i++) {
            if (input.get(i).path("type").asText("message").equals("message")) {
                OpenAiParts.requireKnown(
                        input.get(i).path("content"), OpenAiParts.OF_RESPONSES, "input[" + i + "].content");
            }
        }
    }

    /** Returns whether the reasoning is to come encrypted, for a client that keeps it; other inclusions are of tools. */
    private static boolean encrypted(JsonNode include) {
        boolean encrypted = false;
        for (JsonNode each : include) {
            encrypted |= each.asText().equals("reasoning.encrypted_content");
        }
        return encrypted;
    }

    static void checkInput(JsonNode input) {
        appendInput(new StringBuilder(), input);
    }

    static void checkItem(JsonNode item, String key) {
        appendItem(new StringBuilder(), item, key);
    }

    /** The number of items. */
    private static int appendInput(StringBuilder prompt, JsonNode input) {
        if (input.isTextual()) {
            prompt.append(input.textValue()).append('\n');
            return 1;
        }
        if (input.isMissingNode() || input.isNull()) {
            throw OpenAiInvalid.missing("input");
        }
        if (!input.isArray()) {
            throw OpenAiInvalid.wrongType("input", "one of a string or array of objects");
        }
        for (int i = 0; i < input.size(); i++) {
            appendItem(prompt, input.get(i), "input[" + i + "]");
        }
        return input.size();
    }

    /** A message with its text; calls of tools, their outputs and references say nothing about a book. */
    private static void appendItem(StringBuilder prompt, JsonNode item, String key) {
        if (!item.isObject()) {
            throw OpenAiInvalid.wrongType(key, "an object");
        }
        if (!item.path("type").asText("message").equals("message")) {
            return;
        }
        if (item.path("role").asText().isEmpty()) {
            throw OpenAiInvalid.missing(key + ".role");
        }
        JsonNode content = item.path("content");
        if (content.isMissingNode()) {
            throw OpenAiInvalid.missing(key + ".content");
        }
        if (content.isTextual()) {
            prompt.append(content.textValue()).append('\n');
        }
        for (JsonNode part : content) {
            if (!OpenAiDocuments.isDocument(part)) {
                prompt.append(part.path("text").asText("")).append('\n');
            }
        }
    }

    private static @Nullable Integer maxTokens(JsonNode limit, OpenAiModel model) {
        if (limit.isMissingNode() || limit.isNull()) {
            return null;
        }
        if (!limit.isInt()) {
            throw OpenAiInvalid.wrongType("max_output_tokens", "an integer, but got " + limit + " instead");
        }
        if (limit.intValue() < LEAST_MAX_OUTPUT_TOKENS) {
            throw OpenAiInvalid.belowMinimum("max_output_tokens", "integer", LEAST_MAX_OUTPUT_TOKENS, limit);
        }
        model.requireOutputTokens("max_output_tokens", limit);
        return limit.intValue();
    }
}
