package io.bookstore.simulator.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.image.DocumentBytes;
import io.bookstore.simulator.image.ImageSize;
import io.bookstore.simulator.image.ImageTokens;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of pictures, documents, sounds and films in a prompt: https://ai.google.dev/gemini-api/docs/document-processing, audio
 * and video-understanding. Each key has two spellings, as everywhere in Google's JSON.
 */
final class GeminiMedia {

    private static final String[] KEYS = {"inlineData", "inline_data", "fileData", "file_data"};

    private static final int TOKENS_PER_PAGE = 258;
    private static final int AUDIO_TOKENS_PER_SECOND = 32;
    private static final int VIDEO_TOKENS_PER_SECOND = 300;

    // The length is not read from the bytes: these are 128 kbit and 2 Mbit a second.
    private static final int AUDIO_BYTES_PER_SECOND = 16_000; // assumption
    private static final int VIDEO_BYTES_PER_SECOND = 250_000; // assumption
    private static final int UNSEEN_SECONDS = 60; // assumption, for a file that is not in the request

    private GeminiMedia() {}

    static boolean isMedia(JsonNode part) {
        return media(part) != null;
    }

    /** The tokens of all files in the contents of a request. */
    static int tokens(JsonNode body) {
        int tokens = 0;
        for (JsonNode content : body.path("contents")) {
            for (JsonNode part : content.path("parts")) {
                JsonNode media = media(part);
                tokens += media == null ? 0 : tokensOf(media);
            }
        }
        return tokens;
    }

    private static @Nullable JsonNode media(JsonNode part) {
        for (String key : KEYS) {
            if (part.has(key)) {
                return part.path(key);
            }
        }
        return null;
    }

    private static int tokensOf(JsonNode media) {
        String type = media.path("mimeType").asText(media.path("mime_type").asText(""));
        JsonNode data = media.path("data");
        if (type.startsWith("image/")) {
            return ImageTokens.ofGemini(data.isTextual() ? ImageSize.ofBase64(data.textValue()) : ImageSize.ASSUMED);
        }
        if (type.startsWith("audio/")) {
            return AUDIO_TOKENS_PER_SECOND * seconds(data, AUDIO_BYTES_PER_SECOND);
        }
        if (type.startsWith("video/")) {
            return VIDEO_TOKENS_PER_SECOND * seconds(data, VIDEO_BYTES_PER_SECOND);
        }
        byte[] bytes = DocumentBytes.decoded(data.asText(""));
        String text = DocumentBytes.text(bytes);
        return text == null ? TOKENS_PER_PAGE * DocumentBytes.pages(bytes) : Tokenizer.count(text);
    }

    private static int seconds(JsonNode data, int bytesPerSecond) {
        int bytes = DocumentBytes.length(data.asText(""));
        return bytes == 0 ? UNSEEN_SECONDS : Math.max(1, bytes / bytesPerSecond);
    }
}
