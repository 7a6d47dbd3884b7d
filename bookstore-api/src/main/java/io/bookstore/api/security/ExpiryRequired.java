package io.bookstore.api.security;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.util.StringUtils;
import io.micronaut.security.token.Claims;
import io.micronaut.security.token.jwt.validator.GenericJwtClaimsValidator;
import jakarta.inject.Singleton;

/** Believes no token that says nothing of its end: whoever found it once could use it for ever. */
@Singleton
@Requires(property = "micronaut.security.token.jwt.enabled", value = StringUtils.TRUE)
final class ExpiryRequired<T> implements GenericJwtClaimsValidator<T> {

    @Override
    public boolean validate(Claims claims, T request) {
        return claims.get("exp") != null;
    }
}
