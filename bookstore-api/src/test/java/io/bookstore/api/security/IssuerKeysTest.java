package io.bookstore.api.security;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.bookstore.api.RunningStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.slf4j.LoggerFactory;

@ResourceLock(IssuerKeysTest.LOG)
class IssuerKeysTest {

    /** The lock of test classes whose services log about an issuer of tokens. */
    static final String LOG = "the log of the issuer of tokens";

    /** The loggers of this service and of the framework that could tell of an issuer. */
    private final List<Logger> loggers = Stream.of("io.bookstore.api.security", "io.micronaut.security")
            .map(name -> (Logger) LoggerFactory.getLogger(name))
            .toList();

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private final RSAKey key = RsaKeys.OF_ISSUER;

    @BeforeEach
    void start() {
        log.start();
        loggers.forEach(logger -> logger.addAppender(log));
    }

    @AfterEach
    void stop() {
        loggers.forEach(logger -> logger.detachAppender(log));
    }

    @Test
    void issuerThatIsNotThereIsOneLineOfTheLogForAllRequests() throws Exception {
        try (RunningStore store = storeOf("http://127.0.0.1:9/jwks")) {
            for (int i = 0; i < 5; i++) {
                assertRefused(list(store));
            }
            store.assertReady();
            assertThat(issuer(store)).isEqualTo("DEGRADED");
        }
        assertThat(lines(Level.WARN))
                .containsExactly("The issuer of tokens gives no keys at http://127.0.0.1:9/jwks, so none of them is"
                        + " believed: ConnectException");
    }

    @Test
    void issuerThatNeverAnswersHoldsNoRequest() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                RunningStore store = storeOf("http://127.0.0.1:" + mute.getLocalPort() + "/jwks")) {
            assertRefused(list(store));
        }
        assertThat(lines(Level.WARN)).hasSize(1).first().asString().endsWith("believed: TimeoutException");
    }

    @Test
    void issuerThatComesBackIsBelievedAndSaidToBeBack() throws Exception {
        HttpServer issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Answers answers = new Answers();
        issuer.createContext("/jwks", exchange -> {
            byte[] body = answers.body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answers.status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        issuer.start();
        String url = "http://127.0.0.1:" + issuer.getAddress().getPort() + "/jwks";
        try (RunningStore store = storeOf(url)) {
            answers.give(503, "");
            assertRefused(list(store));
            assertRefused(list(store));
            answers.give(200, "<html>We are back soon</html>");
            assertRefused(list(store));
            assertRefused(list(store));
            answers.give(200, new JWKSet(key.toPublicJWK()).toString());
            assertThat(list(store).statusCode()).isEqualTo(200);
            assertThat(list(store).statusCode()).isEqualTo(200);
            assertThat(issuer(store)).isEqualTo("UP");
        } finally {
            issuer.stop(0);
        }
        String prefix = "The issuer of tokens gives no keys at " + url + ", so none of them is believed: ";
        assertThat(lines(Level.WARN)).containsExactly(prefix + "status 503", prefix + "no JSON Web Key Set");
        assertThat(lines(Level.INFO)).contains("The issuer of tokens gives keys again at " + url);
    }

    /** The next answer of the issuer. */
    private static final class Answers {

        private volatile int status;
        private volatile String body = "";

        void give(int status, String body) {
            this.body = body;
            this.status = status;
        }
    }

    private List<String> lines(Level level) {
        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .allMatch(event -> event.getLevel().equals(Level.WARN) && event.getThrowableProxy() == null);
        return log.list.stream()
                .filter(event -> event.getLevel().equals(level))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private HttpResponse<String> list(RunningStore store) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("1").build(),
                new JWTClaimsSet.Builder()
                        .subject("someone")
                        .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                        .claim("roles", List.of("reader"))
                        .build());
        token.sign(new RSASSASigner(key));
        return store.get("/api/v1/Books", "Authorization", "Bearer " + token.serialize());
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(answer).get("type").asText()).isEqualTo("urn:bookstore:problem:unauthorized");
    }

    private static String issuer(RunningStore store) {
        return json(store.get("/health")).at("/details/issuer/status").asText();
    }

    private static RunningStore storeOf(String jwksUrl) {
        return RunningStore.start(Map.of("bookstore.security.jwt.jwks-url", jwksUrl));
    }
}
