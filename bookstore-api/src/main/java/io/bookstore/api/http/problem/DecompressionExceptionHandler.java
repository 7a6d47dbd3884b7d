package io.bookstore.api.http.problem;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.netty.handler.codec.compression.DecompressionException;
import jakarta.inject.Singleton;

/** Hands a body that cannot be unpacked to {@link ProblemResponses}; without it the framework logs a failure of the service. */
@Singleton
final class DecompressionExceptionHandler implements ExceptionHandler<DecompressionException, HttpResponse<?>> {

    private final ProblemResponses responses;

    DecompressionExceptionHandler(ProblemResponses responses) {
        this.responses = responses;
    }

    @Override
    public HttpResponse<?> handle(@SuppressWarnings("rawtypes") HttpRequest request, DecompressionException exception) {
        return responses.processResponse(
                ErrorContext.builder(request).cause(exception).build(), HttpResponse.badRequest());
    }
}
