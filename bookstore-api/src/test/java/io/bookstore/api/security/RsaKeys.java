package io.bookstore.api.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;

/** Key pairs of an issuer of tokens, made once: each takes most of a second of a JVM that has just started. */
final class RsaKeys {

    /** The pair of the issuer, with the identifier 1. */
    static final RSAKey OF_ISSUER = pair();

    /** Another pair with the same identifier. */
    static final RSAKey OTHER = pair();

    private RsaKeys() {}

    private static RSAKey pair() {
        try {
            return new RSAKeyGenerator(2048).keyID("1").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
