package io.bookstore.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.slf4j.LoggerFactory;

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
        RSAKey key = RsaKeys.OF_ISSUER;
        RSAKey other = RsaKeys.OTHER;
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

    @Test
    void tokenOfAnotherAlgorithmThanItsKeyIsForIsRefused() throws Exception {
        RSAKey key = new RSAKey.Builder(RsaKeys.OF_ISSUER)
                .algorithm(JWSAlgorithm.RS256)
                .build();
        HttpServer issuer = jwks(key);
        try (RunningStore store = RunningStore.start(Map.of(
                "bookstore.security.jwt.jwks-url",
                "http://127.0.0.1:" + issuer.getAddress().getPort() + "/jwks"))) {
            JWTClaimsSet claims = claims().build();

            assertThat(create(store, rsa(JWSAlgorithm.RS256, key, claims))).isEqualTo(201);
            assertThat(create(store, rsa(JWSAlgorithm.RS512, key, claims))).isEqualTo(401);
            assertThat(create(store, rsa(JWSAlgorithm.PS256, key, claims))).isEqualTo(401);
        } finally {
            issuer.stop(0);
        }
    }

    @Test
    void claimOfAWrongTypeIsNoErrorOfTheService() throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), SECRET);
        Logger logger = (Logger) LoggerFactory.getLogger("io.micronaut.security");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try (RunningStore store = RunningStore.start(Map.of("bookstore.security.jwt.secret-file", file.toString()))) {
            for (String claim : List.of("exp", "nbf", "iat")) {
                Map<String, Object> claims = new HashMap<>(claims().build().toJSONObject());
                claims.put(claim, "soon");
                JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(claims));
                token.sign(new MACSigner(SECRET));

                assertThat(create(store, token.serialize())).as(claim).isEqualTo(401);
            }
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list).extracting(ILoggingEvent::getLevel).doesNotContain(Level.ERROR, Level.WARN);
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
        return rsa(JWSAlgorithm.RS256, key, claims);
    }

    private static String rsa(JWSAlgorithm algorithm, RSAKey key, JWTClaimsSet claims) throws JOSEException {
        return signed(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims, new RSASSASigner(key));
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
