package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;

/** The pictures among the parts of a message, as chats ({@code image_url}) and as responses ({@code input_image}) have them. */
final class OpenAiImages {

    private OpenAiImages() {}

    static boolean isImage(JsonNode part) {
        String type = part.path("type").asText();
        return type.equals("image_url") || type.equals("input_image");
    }
}
