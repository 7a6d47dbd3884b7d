package io.bookstore.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.bookstore.api.RunningStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(IssuerKeysTest.LOG)
class JwtTest {

    private static final String SECRET = "a-secret-of-more-than-thirty-two-bytes";
    private static final String BOOK = "{\"title\":\"t\",\"author\":\"a\",\"isbn\":\"9780140186475\",\"price\":1}";

    @TempDir
    private Path directory;

    @Test
    void tokenIsCheckedAgainstTheSecret() throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), SECRET);
        try (RunningStore store = RunningStore.start(Map.of(
                "bookstore.security.jwt.secret-file", file.toString(),
                "bookstore.security.jwt.issuer", "https://id.example",
                "bookstore.security.jwt.audience", "books"))) {
            JWTClaimsSet good = claims().build();

            assertThat(create(store, hmac(SECRET, good))).isEqualTo(201);
            assertThat(create(
                            store,
                            hmac(
                                    SECRET,
                                    claims().claim("roles", "reader librarian").build())))
                    .isEqualTo(201);
            assertThat(create(
                            store,
                            hmac(
                                    SECRET,
                                    claims().claim("roles", List.of("reader")).build())))
                    .isEqualTo(403);
            assertThat(create(
                            store,
                            hmac(
                                    SECRET,
                                    claims().claim("roles", List.of("emperor")).build())))
                    .isEqualTo(403);
            assertThat(create(store, hmac(SECRET, claims().claim("roles", null).build())))
                    .isEqualTo(403);
            assertThat(create(store, hmac("another-secret-of-more-than-32-bytes!", good)))
                    .isEqualTo(401);
            assertThat(create(
                            store, hmac(SECRET, claims().expirationTime(in(-60)).build())))
                    .isEqualTo(401);
            assertThat(create(
                            store, hmac(SECRET, claims().notBeforeTime(in(600)).build())))
                    .isEqualTo(401);
            assertThat(create(
                            store,
                            hmac(SECRET, claims().issuer("https://evil.example").build())))
                    .isEqualTo(401);
            assertThat(create(store, hmac(SECRET, claims().audience("films").build())))
                    .isEqualTo(401);
            assertThat(create(store, hmac(SECRET, claims().expirationTime(null).build())))
                    .isEqualTo(401);
            assertThat(create(store, unsigned(good))).isEqualTo(401);
            assertThat(create(store, "not.a.token")).isEqualTo(401);
        }
    }

    @Test
    void tokenIsCheckedAgainstTheKeysOfTheIssuer() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("1").generate();
        RSAKey other = new RSAKeyGenerator(2048).keyID("1").generate();
        HttpServer issuer = jwks(key);
        try (RunningStore store = RunningStore.start(Map.of(
                "bookstore.security.jwt.jwks-url",
                "http://127.0.0.1:" + issuer.getAddress().getPort() + "/jwks",
                "bookstore.security.jwt.roles-claim",
                "groups"))) {
            JWTClaimsSet claims = claims().claim("groups", List.of("librarian")).build();

            assertThat(create(store, rsa(key, claims))).isEqualTo(201);
            assertThat(create(store, rsa(other, claims))).isEqualTo(401);
            assertThat(create(store, unsigned(claims))).isEqualTo(401);
        } finally {
            issuer.stop(0);
        }
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .subject("someone")
                .issuer("https://id.example")
                .audience("books")
                .expirationTime(in(600))
                .claim("roles", List.of("librarian"));
    }

    private static Date in(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static String hmac(String secret, JWTClaimsSet claims) throws JOSEException {
        return signed(new JWSHeader(JWSAlgorithm.HS256), claims, new MACSigner(secret));
    }

    private static String rsa(RSAKey key, JWTClaimsSet claims) throws JOSEException {
        return signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims, new RSASSASigner(key));
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    private static String unsigned(JWTClaimsSet claims) {
        return new com.nimbusds.jwt.PlainJWT(claims).serialize();
    }

    private static HttpServer jwks(RSAKey key) throws Exception {
        byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/jwks", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static int create(RunningStore store, String token) {
        return store.post("/api/v1/Books", BOOK, "Authorization", "Bearer " + token)
                .statusCode();
    }
}
