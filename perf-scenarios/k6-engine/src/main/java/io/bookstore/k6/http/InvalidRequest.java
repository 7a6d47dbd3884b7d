package io.bookstore.k6.http;

import io.bookstore.perf.metrics.UrlCredentials;

/** A request that cannot be sent: no sample, a warning, and a response with status 0 for the script. */
public final class InvalidRequest extends RuntimeException {
    private final int code;

    public InvalidRequest(int code, String message) {
        super(UrlCredentials.masked(message), null, false, false);
        this.code = code;
    }

    public int code() {
        return code;
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}
