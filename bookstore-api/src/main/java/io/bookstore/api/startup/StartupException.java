package io.bookstore.api.startup;

import org.jspecify.annotations.Nullable;

/** The service cannot start; the message is one sentence that names the thing and the remedy. */
public final class StartupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartupException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
