package io.bookstore.simulator.openai;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The words of {@code moderation-words.txt} by which a text belongs to a category: whole words or groups of words, in any case.
 * A real model judges what is meant; this list makes an application's branch for refused texts repeatable.
 */
final class ModerationWords {

    /** The categories of https://platform.openai.com/docs/guides/moderation#content-classifications. */
    static final List<String> CATEGORIES = List.of(
            "harassment",
            "harassment/threatening",
            "sexual",
            "hate",
            "hate/threatening",
            "illicit",
            "illicit/violent",
            "self-harm/intent",
            "self-harm/instructions",
            "self-harm",
            "sexual/minors",
            "violence",
            "violence/graphic");

    /** The categories for which the model looks at pictures too. */
    static final Set<String> SEEN_IN_IMAGES =
            Set.of("sexual", "self-harm", "self-harm/intent", "self-harm/instructions", "violence", "violence/graphic");

    private static final Map<String, Pattern> words = read();

    private ModerationWords() {}

    static Set<String> categoriesOf(String text) {
        Set<String> found = new TreeSet<>();
        words.forEach((category, pattern) -> {
            if (pattern.matcher(text).find()) {
                found.add(category);
                // A narrower category belongs to its wider one.
                int slash = category.indexOf('/');
                if (slash > 0) {
                    found.add(category.substring(0, slash));
                }
            }
        });
        return found;
    }

    /** A line for each category: its name, a colon, its words with commas between them. */
    private static Map<String, Pattern> read() {
        Map<String, Pattern> read = new TreeMap<>();
        for (String line : text().split("\n")) {
            if (line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            String alternatives = String.join(
                    "|",
                    Arrays.stream(line.substring(colon + 1).split(","))
                            .map(phrase ->
                                    phrase.strip().toLowerCase(Locale.ROOT).replace(" ", "\\s+"))
                            .toList());
            read.put(
                    line.substring(0, colon),
                    Pattern.compile("\\b(?:" + alternatives + ")\\b", Pattern.CASE_INSENSITIVE));
        }
        return read;
    }

    private static String text() {
        try (InputStream in = ModerationWords.class.getResourceAsStream("moderation-words.txt")) {
            if (in == null) {
                throw new IllegalStateException(
                        "moderation-words.txt is not beside " + ModerationWords.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
