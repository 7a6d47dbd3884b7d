package io.bookstore.api.http;

import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Lets the pages of the description be shown, with what this service serves and nothing else. */
@ServerFilter("/swagger-ui/**")
final class DescriptionPages {

    // Swagger UI sets styles of elements, and has its pictures in the style sheet.
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

    @ResponseFilter
    void allow(MutableHttpResponse<?> response) {
        response.header("Content-Security-Policy", POLICY);
    }
}
