package io.bookstore.llm.langchain4j.http;

import java.io.IOException;

/**
 * A provider's answer was cut because nothing can be made of it: it grew beyond {@link HttpLimits#maxAnswerBytes}, or a
 * piece of a stream is not whole. The provider bills it all the same.
 */
public final class UnusableAnswerException extends IOException {

    private static final long serialVersionUID = 1;

    UnusableAnswerException(String message) {
        super(message);
    }
}
