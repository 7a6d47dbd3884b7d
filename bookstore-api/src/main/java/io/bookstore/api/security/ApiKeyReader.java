package io.bookstore.api.security;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.util.StringUtils;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.token.reader.TokenReader;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The header {@code X-API-Key}; {@code Authorization: Bearer} is the framework's own. */
@Singleton
@Requires(property = "micronaut.security.enabled", value = StringUtils.TRUE)
final class ApiKeyReader implements TokenReader<HttpRequest<?>> {

    @Override
    public Optional<String> findToken(HttpRequest<?> request) {
        return Optional.ofNullable(request.getHeaders().get("X-API-Key"));
    }
}
