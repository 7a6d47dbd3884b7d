package io.bookstore.perf.otlp;

import java.io.IOException;

/** An export that would take too much memory; the message names the limit, such as {@code 1000 fields}. */
final class TooLargeException extends IOException {

    private static final long serialVersionUID = 1;

    TooLargeException(String limit) {
        super(limit);
    }
}
