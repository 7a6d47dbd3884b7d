package io.bookstore.simulator.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.anthropic.AnthropicOnBedrock;
import io.bookstore.simulator.anthropic.AnthropicOnBedrock.ThoughtTokens;
import io.bookstore.simulator.cache.PromptBlocks;
import io.bookstore.simulator.wire.AnswerRules;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Parameters;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import io.bookstore.simulator.wire.ToolCall;
import io.bookstore.simulator.wire.WireRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntBiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a request; its model and whether it streams are in the path. */
final class BedrockRequest {

    // Context window and longest answer of Claude Sonnet on Bedrock; other models have less.
    private static final int MAX_INPUT_TOKENS = 200_000;
    private static final int MAX_OUTPUT_TOKENS = 64_000;
    private static final int LEAST_CACHED_TOKENS = 1_024; // of Claude Sonnet and Nova
    private static final int TOKENS_PER_MESSAGE = 4; // assumption, as for Anthropic's own API

    // A model, an inference profile of several regions, or the ARN of either.
    private static final Pattern modelId = Pattern.compile(
            "(?:(?:us|us-gov|eu|apac|jp|au|ca|global)\\.)?[a-z0-9-]+\\.[A-Za-z0-9.:-]+|arn:aws[a-z-]*:bedrock:.+");

    /** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html; unknown ones are ignored. */
    static final Parameters PARAMETERS = Parameters.of("Bedrock Converse")
            .honoured("messages", "system", "inferenceConfig", "toolConfig", "outputConfig")
            .honoured("additionalModelRequestFields", "additionalModelResponseFieldPaths")
            .honoured("performanceConfig", "serviceTier")
            .refused("guardrailConfig", "promptVariables")
            .ignored("requestMetadata");

    static final Parameters CONFIG_PARAMETERS = Parameters.of("Bedrock inferenceConfig")
            .honoured("maxTokens", "stopSequences")
            .checked("temperature", "topP");

    private BedrockRequest() {}

    static GenerationRequest read(WireRequest request, boolean streaming) {
        JsonNode body = request.body();
        String model = model(request.path());
        Integer maxTokens = maxTokens(body.path("inferenceConfig").path("maxTokens"));
        PARAMETERS.check(body, BedrockRequest::unsupported, null);
        requireShare(body.path("inferenceConfig"), "temperature");
        requireShare(body.path("inferenceConfig"), "topP");
        PromptBlocks prompt = prompt(body, model);
        JsonNode definition = BedrockSchemas.definition(body);
        AnswerRules rules = new AnswerRules(
                        BedrockSchemas.read(definition), stops(body.path("inferenceConfig")), BedrockTools.read(body))
                .reasonedBy(BedrockReasoning.read(body, model, maxTokens));
        int inputTokens = Tokenizer.count(prompt.text())
                + TOKENS_PER_MESSAGE * body.path("messages").size()
                + Tokenizer.count(definition.path("schema").asText(""))
                + BedrockTools.promptTokens(body)
                + prompt.otherTokens();
        if (inputTokens > MAX_INPUT_TOKENS) {
            throw new RefusedException(Kind.PROMPT_TOO_LONG, "Input is too long for requested model.");
        }
        return new GenerationRequest(
                model,
                prompt.text(),
                inputTokens,
                maxTokens,
                streaming,
                prompt.cacheable(inputTokens, LEAST_CACHED_TOKENS),
                new BedrockAnswer(streaming, echo(body), tellsStop(body, model)),
                rules);
    }

    /** The members that the answer repeats: latency and tier, which change no time here. */
    private static String echo(JsonNode body) {
        StringBuilder echo = new StringBuilder();
        for (String name : new String[] {"performanceConfig", "serviceTier"}) {
            if (body.path(name).isObject()) {
                echo.append(",\"").append(name).append("\":").append(body.path(name));
            }
        }
        return echo.toString();
    }

    /** Paths to fields of the model's own answer, of which only that of Anthropic's stop sequence is there. */
    private static boolean tellsStop(JsonNode body, String model) {
        boolean tellsStop = false;
        for (JsonNode path : body.path("additionalModelResponseFieldPaths")) {
            if (!path.asText().startsWith("/")) {
                throw invalid(
                        "The JSON Pointer '" + path.asText() + "' in additionalModelResponseFieldPaths is not valid.");
            }
            tellsStop |= path.asText().equals("/stop_sequence") && AnthropicOnBedrock.serves(model);
        }
        return tellsStop;
    }

    private static RefusedException unsupported(String name) {
        return name.equals("guardrailConfig")
                ? invalid("The guardrail identifier or version provided in the request does not exist.")
                : invalid("The " + name + " field is not supported by this model.");
    }

    private static void requireShare(JsonNode config, String name) {
        JsonNode value = config.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return;
        }
        if (!value.isNumber() || value.doubleValue() < 0 || value.doubleValue() > 1) {
            boolean above = value.doubleValue() > 1;
            throw invalid("1 validation error detected: Value '" + value.asText() + "' at 'inferenceConfig." + name
                    + "' failed to satisfy constraint: Member must have value "
                    + (above ? "less than or equal to 1" : "greater than or equal to 0"));
        }
    }

    private static List<String> stops(JsonNode config) {
        List<String> stops = new ArrayList<>();
        config.path("stopSequences").forEach(sequence -> stops.add(sequence.asText()));
        return stops;
    }

    /** @throws RefusedException if the path names no model */
    static String model(String path) {
        String encoded = path.split("/")[2];
        try {
            String model = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
            if (modelId.matcher(model).matches()) {
                return model;
            }
        } catch (IllegalArgumentException e) {
            // A broken escape: no identifier either.
        }
        throw new RefusedException(Kind.UNKNOWN_MODEL, "The provided model identifier is invalid.");
    }

    private static @Nullable Integer maxTokens(JsonNode limit) {
        if (limit.isMissingNode() || limit.isNull()) {
            return null;
        }
        if (!limit.isInt() || limit.intValue() < 1) {
            throw invalid("1 validation error detected: Value '" + limit.asText()
                    + "' at 'inferenceConfig.maxTokens' failed to satisfy constraint: Member must have value greater"
                    + " than or equal to 1");
        }
        if (limit.intValue() > MAX_OUTPUT_TOKENS) {
            throw invalid("The maximum tokens you requested exceeds the model limit of " + MAX_OUTPUT_TOKENS
                    + ". Try again with a maximum tokens value that is lower than " + MAX_OUTPUT_TOKENS + ".");
        }
        return limit.intValue();
    }

    private static PromptBlocks prompt(JsonNode body, String model) {
        JsonNode messages = body.path("messages");
        if (!messages.isArray()) {
            throw invalid(
                    "1 validation error detected: Value null at 'messages' failed to satisfy constraint: Member must"
                            + " not be null");
        }
        if (!messages.path(0).path("role").asText().equals("user")) {
            throw invalid(
                    "A conversation must start with a user message. Try again with a conversation that starts with a"
                            + " user message.");
        }
        PromptBlocks prompt = new PromptBlocks();
        addBlocks(prompt, body.path("toolConfig").path("tools"), (block, index) -> tokens(block));
        addBlocks(prompt, body.path("system"), (block, index) -> tokens(block));
        ThoughtTokens thoughts = BedrockReasoning.repeated(body, model);
        for (int i = 0; i < messages.size(); i++) {
            JsonNode content = messages.get(i).path("content");
            if (!content.isArray() || content.isEmpty()) {
                throw invalid("The content field in the Message object at messages." + i
                        + " is empty. Add a ContentBlock object to the content field and try again.");
            }
            int message = i;
            addBlocks(
                    prompt,
                    content,
                    (block, index) -> block.has("reasoningContent")
                            ? thoughts.of(block, message, "messages." + message + ".content." + index)
                            : tokens(block));
        }
        return prompt;
    }

    /** A list of blocks; pictures, documents and tools say nothing about a book. */
    private static void addBlocks(PromptBlocks prompt, JsonNode blocks, ToIntBiFunction<JsonNode, Integer> tokens) {
        int index = -1;
        for (JsonNode block : blocks) {
            index++;
            if (block.has("cachePoint")) {
                boolean hour = block.path("cachePoint").path("ttl").asText().equals("1h");
                prompt.addBreakpoint(hour ? Duration.ofHours(1) : Duration.ofMinutes(5));
            } else if (block.path("text").isTextual()) {
                prompt.addText(block.path("text").textValue());
            } else if (BedrockDocuments.isDocument(block)) {
                prompt.addOther(block.toString(), BedrockDocuments.tokens(block));
            } else {
                prompt.addOther(block.toString(), tokens.applyAsInt(block, index));
            }
        }
    }

    /** The tokens of a block that is no text: those of a definition, of a call, or of a result. */
    private static int tokens(JsonNode block) {
        if (block.has("toolSpec")) {
            return Tokenizer.count(block.toString());
        }
        if (block.has("toolUse")) {
            JsonNode call = block.path("toolUse");
            return ToolCall.tokens(call.path("name").asText(), call.path("input"));
        }
        int tokens = 0;
        for (JsonNode part : block.path("toolResult").path("content")) {
            tokens += BedrockDocuments.isDocument(part)
                    ? BedrockDocuments.tokens(part)
                    : Tokenizer.count(
                            part.has("json")
                                    ? part.path("json").toString()
                                    : part.path("text").asText(""));
        }
        return tokens;
    }

    static RefusedException invalid(String message) {
        return new RefusedException(Kind.INVALID_REQUEST, message);
    }
}
