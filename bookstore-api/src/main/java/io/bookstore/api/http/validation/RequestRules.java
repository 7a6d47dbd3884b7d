package io.bookstore.api.http.validation;

import io.bookstore.api.http.problem.ProblemException;
import io.bookstore.api.http.problem.ProblemType;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.http.netty.NettyHttpHeaders;
import java.net.URI;

/** Refuses requests that break a rule before a route sees them; the HTTP server itself is more lenient. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class RequestRules implements Ordered {

    static final int MAX_HEADERS = 100;

    /** Runs within the span of the request, so that the problem document names its trace. */
    @Override
    public int getOrder() {
        return ServerFilterPhase.TRACING.after();
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        HttpHeaders headers = request.getHeaders();
        if (count(headers) > MAX_HEADERS) {
            throw new ProblemException(
                    ProblemType.HEADERS_TOO_LARGE,
                    "There may be " + MAX_HEADERS + " headers, and there were " + count(headers));
        }
        if (HttpMethod.permitsRequestBody(request.getMethod())) {
            checkBody(request);
        }
        checkAddress(request.getUri());
    }

    private static int count(HttpHeaders headers) {
        // The plain interface would build a set of the names, for every request.
        return headers instanceof NettyHttpHeaders netty
                ? netty.getNettyHeaders().size()
                : headers.names().size();
    }

    private static void checkBody(HttpRequest<?> request) {
        boolean body = request.getContentLength() > 0 || request.getHeaders().contains(HttpHeaders.TRANSFER_ENCODING);
        if (body && request.getContentType().isEmpty()) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "A body needs a Content-Type, such as application/json");
        }
    }

    private static void checkAddress(URI uri) {
        if (uri.getRawPath() != null && uri.getRawPath().indexOf('%') >= 0) {
            checkText("The path", uri.getRawPath());
        }
        String query = uri.getRawQuery();
        if (query == null || query.indexOf('%') < 0) {
            return;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = checkText("A parameter's name", equals < 0 ? pair : pair.substring(0, equals));
            checkText(name, equals < 0 ? "" : pair.substring(equals + 1));
        }
    }

    private static String checkText(String name, String encoded) {
        String text = PercentEncoding.decoded(encoded);
        if (text == null) {
            throw ProblemException.invalidParameter(name, "must be UTF-8, percent-encoded");
        }
        if (!ConstraintValidators.isPlainText(text)) {
            throw ProblemException.invalidParameter(name, PlainText.MESSAGE);
        }
        return text;
    }
}
