package io.bookstore.simulator.answer;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The book a prompt is about, as far as it says so.
 *
 * <p>Understood are a JSON object with {@code title}, {@code author} and {@code genre}, lines like {@code Title: Emma}, and
 * {@code "Emma" by Jane Austen} in running text. A missing part is replaced by words that fit any book.
 */
record AskedBook(String title, String author, String genre) {

    private static final int MAX_CHARS = 120;

    private static final Pattern quotedBy = Pattern.compile(
            "[\"\u201c]([^\"\u201d\n]{1,120})[\"\u201d],? (?:was )?(?:written )?by ([\\p{L}.' -]{1,80}[\\p{L}])");
    private static final Field titleField = Field.of("title");
    private static final Field authorField = Field.of("author");
    private static final Field genreField = Field.of("genre");

    static AskedBook in(String prompt) {
        String named = titleField.in(prompt);
        String writer = authorField.in(prompt);
        if (named == null) {
            Matcher quoted = quotedBy.matcher(prompt);
            if (quoted.find()) {
                named = quoted.group(1);
                writer = writer == null ? quoted.group(2) : writer;
            }
        }
        String kind = genreField.in(prompt);
        return new AskedBook(
                named == null ? "this book" : named,
                writer == null ? "the author" : writer,
                kind == null ? "book" : kind.toLowerCase(Locale.ROOT));
    }

    String fill(String sentence) {
        String filled =
                sentence.replace("{title}", title).replace("{author}", author).replace("{genre}", genre);
        return Character.isLowerCase(filled.charAt(0))
                ? Character.toUpperCase(filled.charAt(0)) + filled.substring(1)
                : filled;
    }

    /** {@code "title":"..."} in JSON, with or without escapes, or {@code Title: ...} up to the end of the line. */
    private record Field(String name, Pattern pattern) {

        static Field of(String name) {
            return new Field(
                    name,
                    Pattern.compile("(?:\"" + name + "\"\\s*:\\s*\"((?:[^\"\\\\\n]|\\\\.){1,300})\")|(?:(?i:\\b" + name
                            + ")\\s*:\\s*\"?([^\"\n,;]{1,300}))"));
        }

        @Nullable
        String in(String prompt) {
            int at = place(prompt);
            Matcher found = pattern.matcher(prompt);
            // A quote may stand before the name.
            if (at < 0 || !found.find(Math.max(0, at - 1))) {
                return null;
            }
            String text =
                    found.group(1) == null ? found.group(2) : found.group(1).replaceAll("\\\\(.)", "$1");
            String stripped = text.strip();
            return stripped.isEmpty()
                    ? null
                    : stripped.substring(
                            0,
                            stripped.offsetByCodePoints(
                                    0, Math.min(MAX_CHARS, stripped.codePointCount(0, stripped.length()))));
        }

        /** The first place of the name in any case, or -1: the pattern is slow where the name is not. */
        private int place(String prompt) {
            int last = prompt.length() - name.length();
            int at = 0;
            while (at <= last && !prompt.regionMatches(true, at, name, 0, name.length())) {
                at++;
            }
            return at <= last ? at : -1;
        }
    }
}
