package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The types of the parts of a message, in the order in which OpenAI's refusal lists them. */
final class OpenAiParts {

    static final List<String> OF_CHATS = List.of("text", "image_url", "input_audio", "refusal", "audio", "file");
    static final List<String> OF_RESPONSES = List.of(
            "input_text", "input_image", "output_text", "refusal", "input_file", "computer_screenshot", "summary_text");

    private static final String SOUND = "input_audio";

    private OpenAiParts() {}

    /** Refuses a part of a type that there is not, and sound, which only models read that are not simulated. */
    static void requireKnown(JsonNode content, List<String> known, String path) {
        for (int i = 0; content.isArray() && i < content.size(); i++) {
            String type = content.get(i).path("type").asText();
            String place = path + "[" + i + "]";
            if (type.isEmpty()) {
                throw OpenAiInvalid.missing(place + ".type");
            }
            if (!known.contains(type)) {
                throw OpenAiInvalid.unsupported(place + ".type", type, listed(known));
            }
            if (type.equals(SOUND)) {
                throw OpenAiInvalid.unsupportedValue(
                        place + ".type", "Unsupported value: '" + SOUND + "' is not supported with this model.");
            }
        }
    }

    private static String listed(List<String> types) {
        int last = types.size() - 1;
        return "'" + String.join("', '", types.subList(0, last)) + "', and '" + types.get(last) + "'";
    }
}
