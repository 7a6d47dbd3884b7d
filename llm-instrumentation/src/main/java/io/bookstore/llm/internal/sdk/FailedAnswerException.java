package io.bookstore.llm.internal.sdk;

import io.bookstore.llm.error.ErrorType;

/** The failure that an answer tells under a status of success. It is never thrown: the span of the call is its only reader. */
public final class FailedAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorType type;

    public FailedAnswerException(String message, ErrorType type) {
        super(message, null, false, false);
        this.type = type;
    }

    ErrorType type() {
        return type;
    }
}
