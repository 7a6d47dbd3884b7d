package io.bookstore.api.http.problem;

import com.mongodb.MongoException;
import io.micronaut.context.annotation.Factory;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers exceptions of the database: 503 if it failed, 500 if the service gave it something it cannot store. */
@Factory
final class DatabaseExceptionHandlers {

    private static final Logger logger = LoggerFactory.getLogger(DatabaseExceptionHandlers.class);

    private final ProblemResponses responses;

    DatabaseExceptionHandlers(ProblemResponses responses) {
        this.responses = responses;
    }

    @Singleton
    ExceptionHandler<MongoException, HttpResponse<?>> driverFailed() {
        return (request, exception) -> failed(request, exception);
    }

    @Singleton
    ExceptionHandler<DataAccessException, HttpResponse<?>> repositoryFailed() {
        return (request, exception) -> failed(request, exception);
    }

    private HttpResponse<?> failed(io.micronaut.http.HttpRequest<?> request, RuntimeException exception) {
        if (ProblemResponses.databaseFailed(exception)) {
            logger.warn(
                    "MongoDB failed {} {}: {}",
                    request.getMethodName(),
                    request.getPath(),
                    exception.getClass().getSimpleName());
        }
        return responses.processResponse(
                ErrorContext.builder(request).cause(exception).build(), HttpResponse.serverError());
    }
}
