package io.bookstore.simulator.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.anthropic.AnthropicOnBedrock;
import io.bookstore.simulator.image.ImageSize;
import io.bookstore.simulator.image.ImageTokens;

/**
 * The tokens of pictures and documents, in a message or in the result of a tool, counted as Anthropic counts them:
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_DocumentBlock.html.
 */
final class BedrockDocuments {

    private BedrockDocuments() {}

    static boolean isDocument(JsonNode block) {
        return block.has("image") || block.has("document");
    }

    static int tokens(JsonNode block) {
        if (block.has("image")) {
            JsonNode bytes = block.path("image").path("source").path("bytes");
            return ImageTokens.ofAnthropic(
                    bytes.isTextual() ? ImageSize.ofBase64(bytes.textValue()) : ImageSize.ASSUMED);
        }
        JsonNode source = block.path("document").path("source");
        int tokens = Tokenizer.count(block.path("document").path("name").asText(""));
        if (source.path("text").isTextual()) {
            return tokens + Tokenizer.count(source.path("text").textValue());
        }
        for (JsonNode part : source.path("content")) {
            tokens += Tokenizer.count(part.path("text").asText(""));
        }
        return source.has("content")
                ? tokens
                : tokens
                        + AnthropicOnBedrock.documentTokens(source.path("bytes").asText(""));
    }
}
