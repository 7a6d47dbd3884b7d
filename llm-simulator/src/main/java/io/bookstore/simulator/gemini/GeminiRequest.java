package io.bookstore.simulator.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.cache.Cacheable;
import io.bookstore.simulator.wire.AnswerRules;
import io.bookstore.simulator.wire.DocumentFormat;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Parameters;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import io.bookstore.simulator.wire.WireRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a request; its model and whether it streams are in the path. */
final class GeminiRequest {

    static final int MAX_INPUT_TOKENS = 1_048_576; // of the 2.x models
    static final int MAX_OUTPUT_TOKENS = 65_536;
    private static final int MOST_STOPS = 5;
    private static final int CACHE_STEP_TOKENS = 128; // assumption: not published

    private static final DocumentFormat COUNT =
            new DocumentFormat(answer -> "{\"totalTokens\":" + answer.usage().inputTokens() + "}", answer -> "{}");

    /** https://ai.google.dev/api/generate-content. */
    static final Parameters PARAMETERS = Parameters.of("Gemini generateContent")
            .honoured("contents", "systemInstruction", "system_instruction", "generationConfig", "generation_config")
            .honoured("tools", "toolConfig", "tool_config")
            .refused("cachedContent", "cached_content")
            .ignored("safetySettings", "safety_settings", "model", "labels", "store", "serviceTier")
            .ignored("service_tier");

    static final Parameters CONFIG_PARAMETERS = Parameters.of("Gemini generationConfig")
            .honoured("maxOutputTokens", "max_output_tokens", "stopSequences", "stop_sequences")
            .honoured("responseMimeType", "response_mime_type", "responseSchema", "response_schema")
            .honoured("responseJsonSchema", "response_json_schema", "_responseJsonSchema")
            .honoured("thinkingConfig", "thinking_config", "candidateCount", "candidate_count")
            .honoured("responseLogprobs", "response_logprobs", "logprobs")
            .checked("temperature", "topP", "top_p", "topK", "top_k", "seed", "presencePenalty", "presence_penalty")
            .checked("frequencyPenalty", "frequency_penalty")
            .refusedUnless("responseModalities", "[\"TEXT\"]")
            .refusedUnless("response_modalities", "[\"TEXT\"]")
            .refused(
                    "speechConfig",
                    "speech_config",
                    "imageConfig",
                    "image_config",
                    "mediaResolution",
                    "media_resolution")
            .ignored("enableEnhancedCivicAnswers", "enable_enhanced_civic_answers");

    private GeminiRequest() {}

    static GenerationRequest read(WireRequest request, boolean streaming) {
        String model = model(request.path());
        checkParameters(request.body());
        String prompt = prompt(request.body());
        GeminiToolHistory history = new GeminiToolHistory(request.body().path("contents"));
        JsonNode config = GeminiSchemas.field(request.body(), "generationConfig");
        AnswerRules rules = new AnswerRules(
                        GeminiSchemas.read(config), stops(config), GeminiTools.read(request.body(), history.loop()))
                .reasonedBy(GeminiThinking.read(config, model))
                .chosenAmong(GeminiOdds.candidates(config), GeminiOdds.read(config));
        JsonNode schema = GeminiSchemas.sent(config);
        // "The size of your response schema counts towards the input token limit."
        JsonNode tools = request.body().path("tools");
        int inputTokens = Tokenizer.count(prompt)
                + textTokens(schema)
                + textTokens(tools)
                + history.tokens()
                + GeminiMedia.tokens(request.body());
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
                Cacheable.automatic(
                        tools.isMissingNode() ? prompt : tools + prompt + history.text(),
                        inputTokens,
                        leastCachedTokens(model),
                        CACHE_STEP_TOKENS),
                format(request, streaming),
                rules);
    }

    private static void checkParameters(JsonNode body) {
        PARAMETERS.check(
                body,
                name -> new RefusedException(Kind.PERMISSION, "CachedContent not found (or permission denied)"),
                GeminiRequest::unknown);
        JsonNode config = GeminiSchemas.field(body, "generationConfig");
        CONFIG_PARAMETERS.check(
                config,
                name -> GeminiTools.invalid(
                        "* GenerateContentRequest.generation_config." + name + ": it is not supported by this model."),
                GeminiRequest::unknown);
        requireRange(config, "temperature", 2);
        requireRange(config, "topP", 1);
    }

    private static RefusedException unknown(String name) {
        return new RefusedException(
                Kind.INVALID_REQUEST,
                "Invalid JSON payload received. Unknown name \"" + name + "\": Cannot find field.");
    }

    private static void requireRange(JsonNode config, String name, int most) {
        JsonNode value = GeminiSchemas.field(config, name);
        if (!value.isMissingNode() && (value.asDouble() < 0 || value.asDouble() > most)) {
            String snake = name.equals("topP") ? "top_p" : name;
            throw GeminiTools.invalid("* GenerateContentRequest.generation_config." + snake + ": " + snake
                    + " must be in the range [0.0, " + most + ".0].");
        }
    }

    private static List<String> stops(JsonNode config) {
        JsonNode sequences = GeminiSchemas.field(config, "stopSequences");
        if (sequences.size() > MOST_STOPS) {
            throw new RefusedException(
                    Kind.INVALID_REQUEST,
                    "* GenerateContentRequest.generation_config.stop_sequences: at most " + MOST_STOPS
                            + " stop sequences can be set.\n");
        }
        List<String> stops = new ArrayList<>();
        sequences.forEach(sequence -> stops.add(sequence.asText()));
        return stops;
    }

    /** The rules of implicit caching: https://ai.google.dev/gemini-api/docs/caching. */
    private static int leastCachedTokens(String model) {
        return model.contains("pro") ? 4_096 : 1_024;
    }

    static GenerationRequest readCount(WireRequest request) {
        String prompt = prompt(request.body());
        int tokens = Tokenizer.count(prompt)
                + textTokens(request.body().path("tools"))
                + new GeminiToolHistory(request.body().path("contents")).tokens()
                + GeminiMedia.tokens(request.body());
        return GenerationRequest.ofDocument(model(request.path()), prompt, tokens, COUNT);
    }

    /** The tokens of tools or a schema: assumed to be those of their text, since Google publishes none. */
    private static int textTokens(JsonNode part) {
        return part.isMissingNode() || part.isNull() ? 0 : Tokenizer.count(part.toString());
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
            // A file, a call and a response are counted apart.
            if (!GeminiMedia.isMedia(part) && !part.has("functionCall") && !part.has("functionResponse")) {
                prompt.append(part.path("text").asText("")).append('\n');
            }
        }
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
