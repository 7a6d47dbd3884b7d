package io.bookstore.api.llm.provider;

/** A provider answered 200 without any text. */
final class EmptyReplyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmptyReplyException() {
        super("The reply has no text");
    }
}
