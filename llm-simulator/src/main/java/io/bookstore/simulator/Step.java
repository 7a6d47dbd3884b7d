package io.bookstore.simulator;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One thing to do at its time. */
sealed interface Step {

    /** When it is due, in nanoseconds since the request arrived. */
    long atNanos();

    /** Status, headers and the whole body; nothing follows. */
    record Whole(long atNanos, int status, String contentType, Map<String, String> headers, String body)
            implements Step {}

    /**
     * Status and headers of a stream.
     *
     * @param charset what its parts are written in
     */
    record Head(long atNanos, int status, String contentType, Map<String, String> headers, Charset charset)
            implements Step {

        /** Of a stream of text. */
        Head(long atNanos, int status, String contentType, Map<String, String> headers) {
            this(atNanos, status, contentType, headers, StandardCharsets.UTF_8);
        }
    }

    /**
     * Part of a stream's body.
     *
     * @param content whether it carries text of the answer, rather than what surrounds it
     */
    record Part(long atNanos, String text, boolean content) implements Step {}

    /** The regular end of a stream. */
    record End(long atNanos) implements Step {}

    /** The connection breaks with a TCP reset, whatever has been sent so far. */
    record Reset(long atNanos) implements Step {}
}
