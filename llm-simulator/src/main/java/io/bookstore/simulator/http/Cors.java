package io.bookstore.simulator.http;

import io.bookstore.simulator.simulation.Step;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Map;

/**
 * The headers by which a browser lets a page of another origin call a provider (CORS protocol of the Fetch standard). The admin
 * routes have none: a page that somebody visits must not change a simulator on the same machine.
 */
final class Cors {

    private static final String ANY = "*";
    private static final String DAY_SECONDS = "86400";

    private Cors() {}

    /** Returns whether a browser asks if it may send a request. */
    static boolean isPreflight(FullHttpRequest request) {
        return request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(HttpHeaderNames.ORIGIN)
                && request.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    }

    /** The permission to send any request with the headers that the browser names. */
    static Step preflight(HttpHeaders request) {
        return new Step.Whole(
                0,
                204,
                "text/plain",
                Map.of(
                        "access-control-allow-methods",
                        "GET, POST, DELETE",
                        "access-control-allow-headers",
                        request.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS, ANY),
                        "access-control-max-age",
                        DAY_SECONDS),
                "");
    }

    /** The headers that let a page read an answer; none for a request that no page has sent. */
    static Map<String, String> headers(HttpHeaders request) {
        return request.contains(HttpHeaderNames.ORIGIN)
                ? Map.of("access-control-allow-origin", ANY, "access-control-expose-headers", ANY)
                : Map.of();
    }
}
