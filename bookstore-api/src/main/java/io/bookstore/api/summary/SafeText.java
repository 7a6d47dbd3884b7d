package io.bookstore.api.summary;

import java.util.regex.Pattern;

/**
 * Plain text out of what a model wrote: no markup, no control characters, bounded. A client that shows it as HTML by
 * mistake still runs nothing.
 */
final class SafeText {

    /** The longest text a client gets, in characters. */
    static final int MAX_LENGTH = 2_000;

    /** The part of an answer that is looked at, in characters. */
    static final int MAX_WRITTEN = 4 * MAX_LENGTH;

    // Each of them is linear: what repeats never contains what ends it.
    private static final Pattern TAG = Pattern.compile("<[a-zA-Z/!?][^<>]*>");
    private static final Pattern BEGIN_OF_TAG = Pattern.compile("<(?=[a-zA-Z/!?])");
    private static final Pattern LINK = Pattern.compile("!?\\[([^\\[\\]]*)]\\([^()\\[\\]]*\\)");

    // Brackets that are no link to us may be one to another renderer, but only with the neighbour that makes them one.
    private static final Pattern JOINT = Pattern.compile("!(?=\\[)|](?=[(:])");

    private SafeText() {}

    /** The text a client may see; empty if there was nothing but markup. */
    static String of(String written) {
        String text = withoutControl(bounded(written, MAX_WRITTEN));
        return bounded(mayHoldMarkup(text) ? apart(withoutMarkup(text)) : text, MAX_LENGTH)
                .strip();
    }

    /** Spares plain prose, which is what a model mostly writes, the search for markup. */
    private static boolean mayHoldMarkup(String text) {
        return text.indexOf('<') >= 0 || text.indexOf('[') >= 0 || text.indexOf(']') >= 0;
    }

    private static String withoutMarkup(String written) {
        String text = written;
        String before;
        do {
            before = text;
            text = TAG.matcher(text).replaceAll("");
            text = LINK.matcher(text).replaceAll("$1");
            if (text.equals(before)) {
                text = BEGIN_OF_TAG.matcher(text).replaceAll("");
            }
            // What is taken out may join what it stood between.
        } while (!text.equals(before));
        return text;
    }

    static String withoutControl(String text) {
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            if (isControl(character)) {
                return filtered(text);
            }
            at += Character.charCount(character);
        }
        return text;
    }

    private static String filtered(String text) {
        return text.codePoints()
                .filter(character -> !isControl(character))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isControl(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> character != '\n' && character != '\t';
            // Half a character is none, and two halves that come together would be one that nobody has looked at.
            case Character.FORMAT, Character.SURROGATE -> true;
            default -> false;
        };
    }

    /** Puts a space into what makes an image, a link or the definition of one of its neighbour in brackets. */
    static String apart(String text) {
        return JOINT.matcher(text).replaceAll("$0 ");
    }

    /** Cuts the text to the longest length, without half a character at the end. */
    static String bounded(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = max > 0 && Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, end);
    }
}
