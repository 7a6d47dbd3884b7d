package io.bookstore.simulator.wire;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** JSON strings. Frames are concatenated rather than built as trees: a stream has hundreds of them. */
public final class Json {

    private Json() {}

    /** Returns the text as a JSON string, with its quotes. */
    public static String quote(String text) {
        if (isPlain(text)) {
            return '"' + text + '"';
        }
        StringBuilder quoted = new StringBuilder(text.length() + 8).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, quoted);
        return quoted.append('"').toString();
    }

    /** Returns whether there is nothing to escape (RFC 8259, 7), as in nearly every chunk, and so nothing to build. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}
