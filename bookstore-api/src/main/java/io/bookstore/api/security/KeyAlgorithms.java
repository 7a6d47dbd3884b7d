package io.bookstore.api.security;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.security.token.jwt.signature.jwks.DefaultJwkValidator;
import jakarta.inject.Singleton;

/** Refuses a token signed by another algorithm than the one its key is for (RFC 7517, 4.4). */
@Singleton
@Replaces(DefaultJwkValidator.class)
@Requires(property = "bookstore.security.jwt.jwks-url")
final class KeyAlgorithms extends DefaultJwkValidator {

    @Override
    public boolean validate(SignedJWT token, JWK key) {
        boolean fits = key.getAlgorithm() == null
                || key.getAlgorithm().equals(token.getHeader().getAlgorithm());
        return fits && super.validate(token, key);
    }
}
