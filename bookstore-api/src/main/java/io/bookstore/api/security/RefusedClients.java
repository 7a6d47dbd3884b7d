package io.bookstore.api.security;

import io.bookstore.api.problem.ProblemException;
import io.bookstore.api.problem.ProblemResponses;
import io.bookstore.api.problem.ProblemType;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.util.StringUtils;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import jakarta.inject.Singleton;

/** A client without a key that is known gets 401, one whose role does not reach gets 403. */
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
@Requires(property = "micronaut.security.enabled", value = StringUtils.TRUE)
final class RefusedClients implements ExceptionHandler<AuthorizationException, HttpResponse<?>> {

    private final ProblemResponses problems;

    RefusedClients(ProblemResponses problems) {
        this.problems = problems;
    }

    @Override
    public HttpResponse<?> handle(@SuppressWarnings("rawtypes") HttpRequest request, AuthorizationException refusal) {
        if (refusal.isForbidden()) {
            return problems.answer(
                    request, new ProblemException(ProblemType.FORBIDDEN, "The role of this key does not allow it"));
        }
        return problems.answer(
                        request,
                        new ProblemException(
                                ProblemType.UNAUTHORIZED, "Send a known key as X-API-Key or Authorization: Bearer"))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"bookstore\"");
    }
}
