package io.bookstore.api.http.problem;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.netty.NettyHttpHeaders;
import io.micronaut.http.server.annotation.PreMatching;
import java.util.Locale;

/**
 * Serves every route to a client that accepts problem documents, which every route has, and says nothing of the media type
 * of the success: a generated client often names only the first JSON type of the description.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class AcceptedProblems {

    @PreMatching
    @RequestFilter
    void widen(HttpRequest<?> request) {
        // Not by accept(), for the headers would remember what it says now.
        String accepted = String.join(", ", request.getHeaders().getAll(HttpHeaders.ACCEPT));
        // The headers are the server's own: a copy of the request would lose its connection.
        if (accepted.toLowerCase(Locale.ROOT).contains(ProblemResponses.MEDIA_TYPE)
                && request.getHeaders() instanceof NettyHttpHeaders headers) {
            headers.getNettyHeaders().set(HttpHeaders.ACCEPT, accepted + ", */*;q=0.1");
        }
    }
}
