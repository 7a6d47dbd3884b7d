package io.bookstore.api.security;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.util.StringUtils;
import io.micronaut.security.token.Claims;
import io.micronaut.security.token.jwt.generator.claims.JwtClaimsSetAdapter;
import io.micronaut.security.token.jwt.validator.JsonWebTokenParser;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.util.Optional;

/**
 * Reads tokens with their claims at once. A token with a claim of the wrong type is none, as any text is; the framework's
 * own reader would find out after the signature, and log each as an error of the service.
 */
@Singleton
@Replaces(JsonWebTokenParser.class)
@Requires(property = "micronaut.security.token.jwt.enabled", value = StringUtils.TRUE)
final class ReadableTokens implements JsonWebTokenParser<JWT> {

    @Override
    public Optional<JWT> parse(String token) {
        try {
            JWT jwt = JWTParser.parse(token);
            // Null for an encrypted one, of which this service has no key.
            return jwt.getJWTClaimsSet() == null ? Optional.empty() : Optional.of(jwt);
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Claims> parseClaims(String token) {
        return parse(token).map(ReadableTokens::claims).map(JwtClaimsSetAdapter::new);
    }

    private static JWTClaimsSet claims(JWT token) {
        try {
            return token.getJWTClaimsSet();
        } catch (ParseException e) {
            throw new IllegalStateException("The claims were readable a moment ago", e);
        }
    }
}
