package io.bookstore.api.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Tells clients during a stop to send their next request elsewhere: on this connection it would meet the end of it. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
public final class Stopping implements Ordered {

    private volatile boolean begun;

    /** Every answer from now on ends its connection. */
    public void begin() {
        begun = true;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @ResponseFilter
    void endConnection(MutableHttpResponse<?> response) {
        if (begun) {
            response.header(HttpHeaders.CONNECTION, "close");
        }
    }
}
