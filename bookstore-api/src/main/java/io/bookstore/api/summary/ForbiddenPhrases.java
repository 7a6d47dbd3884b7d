package io.bookstore.api.summary;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Phrases a summary must not contain. They are sequences of words and no regular expressions, so the time a text takes
 * does not depend on what stands in the list.
 */
final class ForbiddenPhrases {

    private static final String BUILT_IN = "/quality/forbidden.txt";
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}']+");

    private final List<String> phrases;

    private ForbiddenPhrases(List<String> lines) {
        this.phrases = lines.stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> spaced(words(line)))
                .filter(phrase -> !phrase.isBlank())
                .toList();
    }

    /**
     * Reads the list.
     *
     * @param file empty for the one that comes with the service
     * @throws IllegalArgumentException if there is no such file, or it is no UTF-8
     */
    static ForbiddenPhrases load(String file) {
        try (InputStream in = ForbiddenPhrases.class.getResourceAsStream(BUILT_IN)) {
            if (!file.isBlank()) {
                return new ForbiddenPhrases(Files.readAllLines(Path.of(file)));
            }
            if (in == null) {
                throw new IllegalStateException(BUILT_IN + " is missing from the jar");
            }
            return new ForbiddenPhrases(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException | InvalidPathException e) {
            if (file.isBlank()) {
                throw new UncheckedIOException(new IOException(BUILT_IN, e));
            }
            throw new IllegalArgumentException("bookstore.quality.forbidden-file cannot be read: " + file, e);
        }
    }

    /** Returns whether one of them is in a text with these words. */
    boolean anyIn(List<String> words) {
        String text = spaced(words);
        return phrases.stream().anyMatch(text::contains);
    }

    /** The words of a text in lower case. */
    static List<String> words(String text) {
        return BETWEEN_WORDS
                .splitAsStream(text.replace('\u2019', '\'').toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String spaced(List<String> words) {
        return words.isEmpty() ? "" : " " + String.join(" ", words) + " ";
    }
}
