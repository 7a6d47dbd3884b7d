package io.bookstore.api.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;

/**
 * Tells a browser to show no answer as a page and to keep none. A route that serves pages says otherwise by its own
 * headers.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
public final class SecurityHeaders implements Ordered {

    private static final String POLICY = "Content-Security-Policy";

    /** Around all that may refuse a request; a filter further in would not see what these answer. */
    @Override
    public int getOrder() {
        return ServerFilterPhase.FIRST.order();
    }

    @ResponseFilter
    void add(MutableHttpResponse<?> response) {
        addTo(response);
    }

    /** Adds them to an answer that no filter sees. */
    public static void addTo(MutableHttpResponse<?> response) {
        MutableHttpHeaders headers = response.getHeaders();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        if (!headers.contains(POLICY)) {
            headers.set(POLICY, "default-src 'none'; frame-ancestors 'none'");
        }
        if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
            // What has a version may be kept, and must be asked for again each time.
            headers.set(
                    HttpHeaders.CACHE_CONTROL, headers.contains(HttpHeaders.ETAG) ? "private, no-cache" : "no-store");
        }
    }
}
