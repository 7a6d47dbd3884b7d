package io.bookstore.simulator.wire;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Text as a JSON string. Frames are concatenated rather than built as trees: a stream has hundreds of them. */
public final class Json {

    private Json() {}

    /** With its quotes. */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 8).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, quoted);
        return quoted.append('"').toString();
    }
}
