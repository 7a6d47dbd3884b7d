package io.bookstore.simulator.wire;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Text as a JSON string. Frames are concatenated rather than built as trees: a stream has hundreds of them. */
public final class Json {

    private Json() {}

    /** With its quotes. */
    public static String quote(String text) {
        if (isPlain(text)) {
            return '"' + text + '"';
        }
        StringBuilder quoted = new StringBuilder(text.length() + 8).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, quoted);
        return quoted.append('"').toString();
    }

    /** As nearly every chunk is: nothing to escape (RFC 8259, 7), and so nothing to build. */
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
