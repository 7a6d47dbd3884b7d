package io.bookstore.api.security;

import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import javax.crypto.interfaces.DHPublicKey;

/**
 * Key pairs of an issuer of tokens.
 *
 * <p>The search for two primes takes ten seconds of a JVM without its second compiler. These are made of primes that the JDK
 * knows already, those of its Diffie-Hellman and DSA parameters: no secret, but all else of a key pair.
 */
final class RsaKeys {

    /** The pair of the issuer, with the identifier 1. */
    static final RSAKey OF_ISSUER = pair(65_537);

    /** Another pair with the same identifier: its modulus is the same, its exponents are not. */
    static final RSAKey OTHER = pair(257);

    private RsaKeys() {}

    private static RSAKey pair(int publicExponent) {
        try {
            BigInteger p = ((DHPublicKey) publicKey("DH")).getParams().getP();
            BigInteger q = ((DSAPublicKey) publicKey("DSA")).getParams().getP();
            BigInteger lessOneP = p.subtract(BigInteger.ONE);
            BigInteger lessOneQ = q.subtract(BigInteger.ONE);
            BigInteger n = p.multiply(q);
            BigInteger e = BigInteger.valueOf(publicExponent);
            BigInteger d = e.modInverse(lessOneP.multiply(lessOneQ));
            KeyFactory keys = KeyFactory.getInstance("RSA");
            return new RSAKey.Builder((RSAPublicKey) keys.generatePublic(new RSAPublicKeySpec(n, e)))
                    .privateKey(keys.generatePrivate(
                            new RSAPrivateCrtKeySpec(n, e, d, p, q, d.mod(lessOneP), d.mod(lessOneQ), q.modInverse(p))))
                    .keyID("1")
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicKey publicKey(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(1024);
        return generator.generateKeyPair().getPublic();
    }
}
