package io.bookstore.simulator.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.image.DocumentBytes;
import io.bookstore.simulator.image.ImageSize;
import io.bookstore.simulator.image.ImageTokens;
import io.bookstore.simulator.state.StoredFile;
import io.bookstore.simulator.wire.RefusedException;
import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of pictures, documents and search results, in a message or in the result of a tool:
 * https://docs.claude.com/en/docs/build-with-claude/pdf-support, search-results and files.
 */
final class AnthropicDocuments {

    // Each page is text and a picture, 1,500 to 3,000 tokens says the page on PDFs.
    private static final int TOKENS_PER_PAGE = 2_100; // assumption

    private final AnthropicBetas betas;

    AnthropicDocuments(AnthropicBetas betas) {
        this.betas = betas;
    }

    /** Returns whether it is one of them. */
    static boolean isDocument(JsonNode block) {
        String type = block.path("type").asText();
        return type.equals("image") || type.equals("document") || type.equals("search_result");
    }

    /** @param path of the block, for a refusal */
    int tokens(JsonNode block, String path) {
        String type = block.path("type").asText();
        if (type.equals("search_result")) {
            return texts(block, "title", "source") + parts(block.path("content"), path);
        }
        JsonNode source = block.path("source");
        if (!source.isObject()) {
            throw AnthropicRequest.invalid(path + "." + type + ".source: Field required");
        }
        return type.equals("image")
                ? ofImage(source, path)
                : texts(block, "title", "context") + ofDocument(source, path);
    }

    private static int texts(JsonNode block, String... keys) {
        int tokens = 0;
        for (String key : keys) {
            tokens += Tokenizer.count(block.path(key).asText(""));
        }
        return tokens;
    }

    private int ofImage(JsonNode source, String path) {
        if (source.path("type").asText().equals("file")) {
            return ImageTokens.ofAnthropic(
                    ImageSize.ofBytes(file(source, path + ".image").asBytes()));
        }
        JsonNode data = source.path("data");
        return ImageTokens.ofAnthropic(data.isTextual() ? ImageSize.ofBase64(data.textValue()) : ImageSize.ASSUMED);
    }

    private int ofDocument(JsonNode source, String path) {
        return switch (source.path("type").asText()) {
            case "text" -> Tokenizer.count(source.path("data").asText(""));
            case "content" ->
                source.path("content").isTextual()
                        ? Tokenizer.count(source.path("content").textValue())
                        : parts(source.path("content"), path);
            case "base64" -> ofBytes(DocumentBytes.decoded(source.path("data").asText("")));
            case "file" -> ofBytes(file(source, path + ".document").asBytes());
            case "url" -> TOKENS_PER_PAGE;
            default -> throw unknownSource(source, path + ".document");
        };
    }

    static int ofBytes(byte[] bytes) {
        String text = DocumentBytes.text(bytes);
        return text == null ? TOKENS_PER_PAGE * DocumentBytes.pages(bytes) : Tokenizer.count(text);
    }

    /** Texts and pictures in a list. */
    private int parts(JsonNode content, String path) {
        int tokens = 0;
        for (JsonNode part : content) {
            tokens += isDocument(part)
                    ? tokens(part, path)
                    : Tokenizer.count(part.path("text").asText(""));
        }
        return tokens;
    }

    private StoredFile file(JsonNode source, String path) {
        if (!betas.has(AnthropicBetas.FILES)) {
            throw unknownSource(source, path);
        }
        if (!source.path("file_id").isTextual()) {
            throw AnthropicRequest.invalid(path + ".source.file.file_id: Field required");
        }
        return betas.files().apply(source.path("file_id").textValue());
    }

    private RefusedException unknownSource(JsonNode source, String path) {
        boolean image = path.endsWith(".image");
        List<String> known =
                new ArrayList<>(image ? List.of("base64", "url") : List.of("base64", "content", "text", "url"));
        if (betas.has(AnthropicBetas.FILES)) {
            known.add(image ? 1 : 2, "file");
        }
        return AnthropicRequest.invalid(path + ".source: Input tag '"
                + source.path("type").asText() + "' found using 'type' does not match any of the expected tags: '"
                + String.join("', '", known) + "'");
    }
}
