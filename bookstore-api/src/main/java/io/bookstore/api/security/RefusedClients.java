package io.bookstore.api.security;

import io.bookstore.api.http.limit.ClientShare;
import io.bookstore.api.http.problem.ProblemException;
import io.bookstore.api.http.problem.ProblemResponses;
import io.bookstore.api.http.problem.ProblemType;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client without a key that is known gets 401, one whose role does not reach gets 403. Both count against the limit of
 * that client, so that one that goes on asking gets 429.
 */
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
@Requires(property = "micronaut.security.enabled", value = StringUtils.TRUE)
final class RefusedClients implements ExceptionHandler<AuthorizationException, HttpResponse<?>> {

    private final ProblemResponses problems;
    private final @Nullable ClientShare share;

    /** @param share null if no client is limited */
    RefusedClients(ProblemResponses problems, @Nullable ClientShare share) {
        this.problems = problems;
        this.share = share;
    }

    @Override
    public HttpResponse<?> handle(@SuppressWarnings("rawtypes") HttpRequest request, AuthorizationException refusal) {
        Optional<ProblemException> tooMany = share == null ? Optional.empty() : share.refusal(request);
        if (tooMany.isPresent()) {
            return problems.answer(request, tooMany.get());
        }
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
