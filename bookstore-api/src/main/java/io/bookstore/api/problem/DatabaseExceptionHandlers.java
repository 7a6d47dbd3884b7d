package io.bookstore.api.problem;

import com.mongodb.MongoException;
import io.micronaut.context.annotation.Factory;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the database throws, as an answer: 503. */
@Factory
final class DatabaseExceptionHandlers {

    private static final Logger logger = LoggerFactory.getLogger(DatabaseExceptionHandlers.class);

    private final ProblemResponses responses;

    DatabaseExceptionHandlers(ProblemResponses responses) {
        this.responses = responses;
    }

    @Singleton
    ExceptionHandler<MongoException, HttpResponse<?>> driverFailed() {
        return (request, exception) -> unavailable(request, exception);
    }

    @Singleton
    ExceptionHandler<DataAccessException, HttpResponse<?>> repositoryFailed() {
        return (request, exception) -> unavailable(request, exception);
    }

    private HttpResponse<?> unavailable(io.micronaut.http.HttpRequest<?> request, RuntimeException exception) {
        logger.warn(
                "MongoDB failed {} {}: {}",
                request.getMethodName(),
                request.getPath(),
                exception.getClass().getSimpleName());
        return responses.processResponse(
                ErrorContext.builder(request).cause(exception).build(),
                HttpResponse.status(ProblemType.DATABASE_UNAVAILABLE.status()));
    }
}
