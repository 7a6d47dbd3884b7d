package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.image.ImageSize;
import io.bookstore.simulator.image.ImageTokens;

/** The pictures among the parts of a message, as chats ({@code image_url}) and as responses ({@code input_image}) have them. */
final class OpenAiImages {

    private OpenAiImages() {}

    static boolean isImage(JsonNode part) {
        String type = part.path("type").asText();
        return type.equals("image_url") || type.equals("input_image");
    }

    /** @param messages each with its parts in {@code content} */
    static int tokens(String model, JsonNode messages) {
        int tokens = 0;
        for (JsonNode message : messages) {
            for (JsonNode part : message.path("content")) {
                tokens += isImage(part) ? tokensOf(model, part) : 0;
            }
        }
        return tokens;
    }

    private static int tokensOf(String model, JsonNode part) {
        JsonNode image = part.path("image_url");
        String url = image.isTextual() ? image.textValue() : image.path("url").asText("");
        JsonNode asked = image.isObject() ? image : part;
        return ImageTokens.ofOpenAi(model, asked.path("detail").asText(""), ImageSize.ofUrl(url));
    }
}
