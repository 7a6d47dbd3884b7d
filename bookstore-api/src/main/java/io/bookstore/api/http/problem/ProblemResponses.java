package io.bookstore.api.http.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.mongodb.MongoException;
import io.bookstore.api.http.RequestNotes;
import io.bookstore.api.http.SecurityHeaders;
import io.bookstore.api.http.problem.Problem.FieldError;
import io.bookstore.llm.error.CauseChain;
import io.micronaut.context.annotation.Primary;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.core.type.Argument;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import io.netty.handler.codec.compression.DecompressionException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolationException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns every failed request into its problem document; the framework's own errors pass here too.
 *
 * <p>No text of an exception that is not ours reaches the client: parsers, drivers and the framework name classes,
 * hosts and values in theirs.
 */
@Singleton
@Primary
public final class ProblemResponses implements ErrorResponseProcessor<Problem> {

    /** The media type of every error answer. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final Logger logger = LoggerFactory.getLogger(ProblemResponses.class);
    private static final Duration DATABASE_RETRY = Duration.ofSeconds(5);

    ProblemResponses() {}

    @Override
    public MutableHttpResponse<Problem> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        Problem problem = problem(context.getRequest(), context.getRootCause().orElse(null), response.status());
        if (problem.retryAfterSeconds() != null) {
            response.header(HttpHeaders.RETRY_AFTER, problem.retryAfterSeconds().toString());
        }
        if (UnreadableHead.of(context.getRequest()) != null) {
            // Nobody can know where the next request begins; and no filter sees the answer to an unreadable one.
            response.header(HttpHeaders.CONNECTION, "close");
            SecurityHeaders.addTo(response);
        }
        return response.status(HttpStatus.valueOf(problem.status()))
                .body(problem)
                .contentType(MEDIA_TYPE);
    }

    /** The answer to a request that ends with the problem. */
    public MutableHttpResponse<Problem> answer(HttpRequest<?> request, ProblemException problem) {
        return processResponse(
                ErrorContext.builder(request).cause(problem).build(),
                HttpResponse.status(problem.type().status()));
    }

    /** The document about a failure that comes too late to be a status. */
    public Problem problemOf(HttpRequest<?> request, Throwable failure) {
        return problem(request, failure, HttpStatus.INTERNAL_SERVER_ERROR);
    }

    private static Problem problem(HttpRequest<?> request, @Nullable Throwable failure, HttpStatus proposed) {
        ProblemException unreadable = UnreadableHead.of(request);
        Throwable cause = unreadable == null ? failure : unreadable;
        Answer answer = answer(cause, proposed);
        if (cause instanceof ProblemException own && own.errorType() != null) {
            RequestNotes.of(request).ifPresent(notes -> notes.errorType(own.errorType()));
        }
        if (answer.type == ProblemType.INTERNAL && cause != null) {
            logger.error("Unexpected failure of {} {}", request.getMethodName(), request.getPath(), cause);
        }
        HttpStatus status = answer.type == ProblemType.OTHER ? proposed : answer.type.status();
        return new Problem(
                answer.type.uri(),
                answer.type == ProblemType.OTHER ? status.getReason() : answer.type.title(),
                status.getCode(),
                answer.detail,
                UnreadableHead.hasAddress(request) && request.getPath().startsWith("/") ? request.getPath() : "/",
                currentTraceId(),
                answer.errors,
                answer.retryAfter == null ? null : roundedUpSeconds(answer.retryAfter));
    }

    private static Answer answer(@Nullable Throwable cause, HttpStatus proposed) {
        if (cause instanceof ProblemException own) {
            return new Answer(own.type(), own.getMessage(), own.errors(), own.retryAfter());
        }
        if (databaseFailed(cause)) {
            return new Answer(ProblemType.DATABASE_UNAVAILABLE, null, List.of(), DATABASE_RETRY);
        }
        if (cause instanceof ConstraintViolationException violations) {
            List<FieldError> errors = FieldErrors.of(violations);
            return new Answer(ProblemType.INVALID_REQUEST, FieldErrors.sentence(errors), errors, null);
        }
        JacksonException json = find(cause, JacksonException.class);
        if (json != null) {
            return malformedBody(json);
        }
        if (cause instanceof DecompressionException) {
            return Answer.of(ProblemType.MALFORMED_BODY, "The body is not in its Content-Encoding");
        }
        if (cause instanceof ConversionErrorException conversion) {
            return invalid(conversion.getArgument());
        }
        if (cause instanceof UnsatisfiedRouteException unsatisfied) {
            return missing(unsatisfied.getArgument());
        }
        return Answer.of(ProblemType.of(proposed), null);
    }

    /** Returns whether the driver failed, and not the conversion of what it was given to store. */
    static boolean databaseFailed(@Nullable Throwable cause) {
        return (cause instanceof MongoException || cause instanceof DataAccessException)
                && find(cause, MongoException.class) != null;
    }

    private static Answer malformedBody(JacksonException exception) {
        List<FieldError> errors = FieldErrors.of(exception);
        String detail = errors.isEmpty() ? "The body is not well-formed JSON" : FieldErrors.sentence(errors);
        return new Answer(ProblemType.MALFORMED_BODY, detail, errors, null);
    }

    private static Answer invalid(Argument<?> argument) {
        String rule = "must be " + kind(argument.getType());
        return new Answer(
                ProblemType.INVALID_REQUEST,
                argument.getName() + " " + rule,
                List.of(new FieldError(argument.getName(), rule)),
                null);
    }

    private static Answer missing(Argument<?> argument) {
        return argument.getType() == byte[].class
                ? Answer.of(ProblemType.MALFORMED_BODY, "A JSON body is required")
                : new Answer(
                        ProblemType.INVALID_REQUEST,
                        argument.getName() + " is required",
                        List.of(new FieldError(argument.getName(), "is required")),
                        null);
    }

    private static String kind(Class<?> type) {
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        return type == boolean.class || type == Boolean.class ? "true or false" : "a valid value";
    }

    private static <T extends Throwable> @Nullable T find(@Nullable Throwable start, Class<T> type) {
        for (Throwable cause : start == null ? List.<Throwable>of() : CauseChain.of(start)) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private static @Nullable String currentTraceId() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid() ? span.getTraceId() : null;
    }

    private static long roundedUpSeconds(Duration duration) {
        return Math.max(1, (duration.toMillis() + 999) / 1000);
    }

    private record Answer(
            ProblemType type,
            @Nullable String detail,
            List<FieldError> errors,
            @Nullable Duration retryAfter) {

        static Answer of(ProblemType type, @Nullable String detail) {
            return new Answer(type, detail, List.of(), null);
        }
    }
}
