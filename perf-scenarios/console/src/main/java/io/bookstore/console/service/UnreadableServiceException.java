package io.bookstore.console.service;

/** A service does not tell what it was asked for; the message is one sentence. */
final class UnreadableServiceException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ServiceStatus status;

    /** @param status what this says of the service as a whole */
    UnreadableServiceException(ServiceStatus status, String sentence) {
        super(sentence);
        this.status = status;
    }

    ServiceStatus status() {
        return status;
    }
}
