package io.bookstore.api.summary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.api.book.Book;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.ZoneOffset;

/**
 * A versioned prompt: fixed instructions, and a book as one bounded JSON object.
 *
 * <p>What a book says of itself comes from outside. As a JSON string it cannot leave its place, its length bounds the
 * cost, and the instructions say that it is data.
 *
 * @param version the name of its file in {@code /prompts}; a changed text gets a new file
 */
record Prompt(String version, String instructions) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_DESCRIPTION = 2_000;
    private static final int MAX_FIELD = 300;

    /** @throws IllegalArgumentException if there is no such file */
    static Prompt load(String version) {
        if (!version.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException(
                    "bookstore.variants: a prompt's version must match [a-z0-9-]+, was " + version);
        }
        try (InputStream in = Prompt.class.getResourceAsStream("/prompts/" + version + ".txt")) {
            if (in == null) {
                throw new IllegalArgumentException("bookstore.variants: there is no prompt named " + version);
            }
            return new Prompt(version, new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The user message about a book. */
    String input(Book book) {
        ObjectNode fields = JSON.createObjectNode();
        fields.put("title", bounded(book.title(), MAX_FIELD));
        fields.put("author", bounded(book.author(), MAX_FIELD));
        if (!book.genre().isBlank()) {
            fields.put("genre", bounded(book.genre(), MAX_FIELD));
        }
        if (book.publishedDate() != null) {
            fields.put("published", book.publishedDate().atZone(ZoneOffset.UTC).getYear());
        }
        if (!book.description().isBlank()) {
            fields.put("description", bounded(book.description(), MAX_DESCRIPTION));
        }
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of strings can always be written", e);
        }
    }

    /** Returns the normal form, so that two spellings of the same text are the same text; cut between code points. */
    private static String bounded(String text, int maxCodePoints) {
        String normal = Normalizer.normalize(text, Normalizer.Form.NFC).strip();
        return normal.codePointCount(0, normal.length()) <= maxCodePoints
                ? normal
                : normal.substring(0, normal.offsetByCodePoints(0, maxCodePoints));
    }
}
