package io.bookstore.api.http;

import io.micronaut.http.HttpRequest;
import io.opentelemetry.context.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service's own notes about a request. Any thread may write them.
 *
 * <p>The attributes of a request are a plain map, and the thread of the connection walks through it when the connection
 * closes. So no other thread may add an attribute: the notes are attached before the request has reached one.
 */
public final class RequestNotes {

    private static final String ATTRIBUTE = "bookstore.notes";

    private final long receivedNanos = System.nanoTime();

    private volatile int status;
    private volatile @Nullable String errorType;
    private volatile @Nullable Context context;
    private volatile Runnable end = () -> {};

    private RequestNotes() {}

    /** Attaches empty notes; call it on the thread of the connection, once per request. */
    public static void attachTo(HttpRequest<?> request) {
        request.setAttribute(ATTRIBUTE, new RequestNotes());
    }

    /** Returns the notes of the request; empty if the server answered it before it was read as one. */
    public static Optional<RequestNotes> of(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, RequestNotes.class);
    }

    /** Returns the notes and detaches them, so that a request counts once; call it on the thread of the connection. */
    public static Optional<RequestNotes> takeFrom(HttpRequest<?> request) {
        return request.removeAttribute(ATTRIBUTE, RequestNotes.class);
    }

    /** Returns the {@link System#nanoTime()} at which the request head had been read. */
    public long receivedNanos() {
        return receivedNanos;
    }

    /** Returns the status that the client got; 0 if it got none. */
    public int status() {
        return status;
    }

    /** Notes the status that the client gets. */
    public void status(int code) {
        status = code;
    }

    /** Returns the value of the metric label {@code error_type}; null if the status says it. */
    public @Nullable String errorType() {
        return errorType;
    }

    /** Notes the value of the metric label {@code error_type}, where the status does not say it. */
    public void errorType(@Nullable String value) {
        errorType = value;
    }

    /** Returns the trace in which the request was answered; the root if it was not answered. */
    public Context context() {
        Context noted = context;
        return noted == null ? Context.root() : noted;
    }

    /** Notes the trace in which the request was answered. */
    public void context(Context value) {
        context = value;
    }

    /** Sets what happens when the last byte of the answer has been written, or the client has gone. */
    public void atEnd(Runnable action) {
        end = action;
    }

    /** Does what was set for the end; call it once. */
    public void end() {
        end.run();
    }
}
