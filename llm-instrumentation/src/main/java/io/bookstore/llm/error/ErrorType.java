package io.bookstore.llm.error;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/** The reasons why a call failed: {@code error.type} never has other values than these. */
public enum ErrorType {
    RATE_LIMITED("rate_limited"),
    TIMEOUT("timeout"),
    AUTHENTICATION("authentication"),
    INVALID_REQUEST("invalid_request"),
    NOT_FOUND("not_found"),
    CONTENT_FILTER("content_filter"),
    SERVER_ERROR("server_error"),
    OVERLOADED("overloaded"),
    NETWORK("network"),
    CANCELLED("cancelled"),
    OTHER("_OTHER");

    // Anthropic's own status: the provider as a whole is overloaded.
    private static final int SITE_OVERLOADED = 529;

    private final String wireName;

    ErrorType(String wireName) {
        this.wireName = wireName;
    }

    /** The value of {@code error.type}. */
    public String wireName() {
        return wireName;
    }

    /** Returns the meaning of a provider's HTTP error status. */
    public static ErrorType ofStatus(int status) {
        return switch (status) {
            case 401, 403 -> AUTHENTICATION;
            case 404 -> NOT_FOUND;
            case 408, 504 -> TIMEOUT;
            case 429 -> RATE_LIMITED;
            case 503, SITE_OVERLOADED -> OVERLOADED;
            default -> status >= 500 ? SERVER_ERROR : status >= 400 ? INVALID_REQUEST : OTHER;
        };
    }

    /**
     * Returns the meaning of an exception of the JDK, of OkHttp or of the official SDKs of OpenAI, Anthropic, Google and AWS,
     * its causes included; {@link #OTHER} for any other. A status of HTTP decides where there is one. Any input or output
     * that fails is {@link #NETWORK}, unless a cause tells more.
     */
    public static ErrorType of(Throwable error) {
        ErrorType found = OTHER;
        for (Throwable cause : CauseChain.of(error)) {
            ErrorType type = ofOne(cause);
            if (type != OTHER && type != NETWORK) {
                return type;
            }
            found = type == NETWORK ? NETWORK : found;
        }
        return found;
    }

    private static ErrorType ofOne(Throwable error) {
        ErrorType ofSdk = ProviderSdkErrors.of(error);
        if (ofSdk != null) {
            return ofSdk;
        }
        if (error instanceof TimeoutException
                || error instanceof HttpTimeoutException
                || error instanceof SocketTimeoutException) {
            return TIMEOUT;
        }
        if (error instanceof InterruptedIOException) {
            return saysTimeout(error) ? TIMEOUT : CANCELLED;
        }
        if (error instanceof CancellationException
                || error instanceof InterruptedException
                || isCancelOfOkHttp(error)) {
            return CANCELLED;
        }
        return error instanceof IOException || error instanceof UncheckedIOException ? NETWORK : OTHER;
    }

    /** OkHttp's deadline of a whole call has the class of an interrupt, and the message "timeout". */
    private static boolean saysTimeout(Throwable error) {
        String message = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("timeout") || message.contains("timed out");
    }

    private static boolean isCancelOfOkHttp(Throwable error) {
        return error.getClass() == IOException.class && "Canceled".equals(error.getMessage());
    }
}
