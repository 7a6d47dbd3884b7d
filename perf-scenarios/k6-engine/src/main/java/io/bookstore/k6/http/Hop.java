package io.bookstore.k6.http;

import org.jspecify.annotations.Nullable;

/**
 * A request and its answer on the wire; a redirect chain has several.
 *
 * @param endNanos     {@link System#nanoTime} when the last byte had arrived
 * @param status       0 without an answer
 * @param proto        null without an answer
 * @param error        null unless the exchange broke off
 * @param expected     null when nothing is judged
 */
public record Hop(
        long endNanos,
        String method,
        String url,
        int status,
        @Nullable String proto,
        @Nullable String error,
        int errorCode,
        @Nullable Boolean expected,
        @Nullable String tlsVersion,
        @Nullable String remoteIp,
        Timings timings) {}
