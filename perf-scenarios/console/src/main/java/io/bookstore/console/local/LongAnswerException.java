package io.bookstore.console.local;

import java.io.IOException;

/** An answer has more bytes than may be. */
public final class LongAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    LongAnswerException(int mostBytes) {
        super("more than " + mostBytes + " bytes");
    }
}
