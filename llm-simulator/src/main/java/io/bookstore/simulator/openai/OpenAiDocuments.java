package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.image.DocumentBytes;
import io.bookstore.simulator.image.ImageSize;
import io.bookstore.simulator.image.ImageTokens;
import io.bookstore.simulator.state.StoredFile;
import io.bookstore.simulator.wire.WireRequest;

/**
 * The pictures and files among the parts of a message, as chats ({@code image_url}, {@code file}) and as responses
 * ({@code input_image}, {@code input_file}) have them: https://platform.openai.com/docs/guides/pdf-files. A model gets the text of a
 * PDF and a picture of each of its pages, says that page; how many tokens that makes, it does not say.
 */
final class OpenAiDocuments {

    private static final int TEXT_TOKENS_PER_PAGE = 1_000; // assumption
    private static final String DATA_URL = "data:";

    private final String model;
    private final WireRequest request;

    OpenAiDocuments(String model, WireRequest request) {
        this.model = model;
        this.request = request;
    }

    /** Returns whether a part is no text. */
    static boolean isDocument(JsonNode part) {
        String type = part.path("type").asText();
        return isImage(part) || type.equals("file") || type.equals("input_file");
    }

    static boolean isImage(JsonNode part) {
        String type = part.path("type").asText();
        return type.equals("image_url") || type.equals("input_image");
    }

    /**
     * The tokens of all pictures and files.
     *
     * @param messages each with its parts in {@code content}
     * @param path     of the messages, for a refusal
     */
    int tokens(JsonNode messages, String path) {
        int tokens = 0;
        for (int i = 0; messages.isArray() && i < messages.size(); i++) {
            JsonNode content = messages.get(i).path("content");
            for (int j = 0; content.isArray() && j < content.size(); j++) {
                JsonNode part = content.get(j);
                if (isImage(part)) {
                    tokens += ofImage(part);
                } else if (isDocument(part)) {
                    tokens += ofFile(part, path + "[" + i + "].content[" + j + "]");
                }
            }
        }
        return tokens;
    }

    private int ofImage(JsonNode part) {
        JsonNode image = part.path("image_url");
        JsonNode asked = image.isObject() ? image : part;
        String url = image.isTextual() ? image.textValue() : image.path("url").asText("");
        JsonNode id = part.path("file_id");
        ImageSize size =
                id.isTextual() ? ImageSize.ofBytes(stored(id.textValue()).asBytes()) : ImageSize.ofUrl(url);
        return ImageTokens.ofOpenAi(model, asked.path("detail").asText(""), size);
    }

    private int ofFile(JsonNode part, String path) {
        boolean chat = part.path("type").asText().equals("file");
        JsonNode file = chat ? part.path("file") : part;
        String place = chat ? path + ".file" : path;
        if (file.path("file_id").isTextual()) {
            return ofContent(stored(file.path("file_id").textValue()).asBytes());
        }
        if (file.path("file_data").isTextual()) {
            return ofContent(decoded(file.path("file_data").textValue(), place + ".file_data"));
        }
        if (!chat && file.path("file_url").isTextual()) {
            return ofPages(1);
        }
        throw OpenAiInvalid.missing(place + ".file_id");
    }

    private StoredFile stored(String id) {
        return OpenAiFiles.find(request, id);
    }

    private static byte[] decoded(String url, String path) {
        int comma = url.indexOf(',');
        if (!url.startsWith(DATA_URL) || comma < 0) {
            throw OpenAiInvalid.value(
                    path,
                    "Invalid '" + path + "'. Expected a base64-encoded data URL with an application/pdf MIME type (e.g."
                            + " 'data:application/pdf;base64,aGVsbG8='), but got a value without the 'data:' prefix.");
        }
        return DocumentBytes.decoded(url.substring(comma + 1));
    }

    /** The tokens of a file: of a text those of its words, of a picture those of its size, of any other those of its pages. */
    private int ofContent(byte[] bytes) {
        if (ImageSize.isImage(bytes)) {
            return ImageTokens.ofOpenAi(model, "", ImageSize.ofBytes(bytes));
        }
        String text = DocumentBytes.text(bytes);
        return text == null ? ofPages(DocumentBytes.pages(bytes)) : Tokenizer.count(text);
    }

    private int ofPages(int pages) {
        return pages * (TEXT_TOKENS_PER_PAGE + ImageTokens.ofOpenAi(model, "", ImageSize.ASSUMED));
    }
}
