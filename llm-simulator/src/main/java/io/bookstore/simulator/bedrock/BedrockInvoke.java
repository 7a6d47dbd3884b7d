package io.bookstore.simulator.bedrock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.anthropic.AnthropicOnBedrock;
import io.bookstore.simulator.wire.DocumentFormat;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import io.bookstore.simulator.wire.WireRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * InvokeModel and InvokeModelWithResponseStream, whose bodies are the model's own, and the counting of tokens:
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html and API_runtime_CountTokens.html.
 */
final class BedrockInvoke {

    private static final ObjectMapper json = new ObjectMapper();
    private static final DocumentFormat COUNT =
            new DocumentFormat(answer -> "{\"inputTokens\":" + answer.usage().inputTokens() + "}", answer -> "{}");

    private BedrockInvoke() {}

    static GenerationRequest read(WireRequest request, boolean streaming) {
        String model = claude(request);
        GenerationRequest generation = AnthropicOnBedrock.read(request.body(), model, streaming);
        return generation.answeredAs(model, new InvokeAnswer(generation.format(), streaming));
    }

    static GenerationRequest readCount(WireRequest request) {
        JsonNode input = request.body().path("input");
        GenerationRequest counted;
        if (input.has("converse")) {
            counted = BedrockRequest.read(request.withBody(input.get("converse")), false);
        } else if (input.path("invokeModel").path("body").isTextual()) {
            JsonNode body = decoded(input.path("invokeModel").path("body").textValue());
            counted = AnthropicOnBedrock.readCount(body, claude(request));
        } else {
            throw invalid("1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have"
                    + " one of converse and invokeModel");
        }
        return GenerationRequest.ofDocument(
                BedrockRequest.model(request.path()), counted.prompt(), counted.inputTokens(), COUNT);
    }

    private static String claude(WireRequest request) {
        String model = BedrockRequest.model(request.path());
        if (!AnthropicOnBedrock.serves(model)) {
            throw invalid("llm-simulator invokes Anthropic's models and Titan's for embeddings, not " + model
                    + ": use converse for it");
        }
        return model;
    }

    private static JsonNode decoded(String base64) {
        try {
            JsonNode body = json.readTree(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
            if (body.isObject()) {
                return body;
            }
        } catch (IllegalArgumentException | JsonProcessingException e) {
            // Neither base64 nor JSON.
        }
        throw invalid("The body of invokeModel is not a JSON object in base64");
    }

    private static RefusedException invalid(String message) {
        return new RefusedException(Kind.INVALID_REQUEST, message);
    }
}
