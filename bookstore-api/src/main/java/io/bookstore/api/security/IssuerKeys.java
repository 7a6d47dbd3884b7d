package io.bookstore.api.security;

import com.nimbusds.jose.jwk.JWKSet;
import io.bookstore.api.health.HealthDetail;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.security.token.jwt.signature.jwks.JwksClient;
import io.micronaut.security.token.jwt.signature.jwks.ResourceRetrieverJwksClient;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Asks the issuer of tokens for its keys. An issuer that has none to give is one line of the log, and not one for each
 * request; until it is back no token is believed.
 */
// The framework's own waits for ever, and logs a stack trace for each request.
@Singleton
@Replaces(ResourceRetrieverJwksClient.class)
@Requires(property = "bookstore.security.jwt.jwks-url")
final class IssuerKeys implements JwksClient, HealthDetail {

    private static final Logger logger = LoggerFactory.getLogger(IssuerKeys.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final String NOT_ASKED = "not asked yet";
    private static final String NONE = "";

    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private volatile String trouble = NOT_ASKED;

    @Override
    public Publisher<String> load(@Nullable String provider, String url) {
        return Mono.fromFuture(() -> ask(url)).onErrorResume(failure -> {
            noteTrouble(url, failure);
            return Mono.empty();
        });
    }

    private CompletableFuture<String> ask(String url) {
        CompletableFuture<HttpResponse<String>> sent =
                client.sendAsync(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        return sent.thenApply(IssuerKeys::keys)
                .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((keys, failure) -> {
                    // Ends an exchange that is not over, and its connection.
                    sent.cancel(true);
                    if (failure == null) {
                        noteKeys(url);
                    }
                });
    }

    @Override
    public String part() {
        return "issuer";
    }

    @Override
    public Map<String, Object> describe() {
        return Map.of(
                "status",
                switch (trouble) {
                    case NOT_ASKED -> "UNKNOWN";
                    case NONE -> "UP";
                    default -> "DEGRADED";
                });
    }

    private static String keys(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new NoKeysException("status " + answer.statusCode());
        }
        try {
            JWKSet.parse(answer.body());
            return answer.body();
        } catch (ParseException e) {
            throw new NoKeysException("no JSON Web Key Set");
        }
    }

    private void noteKeys(String url) {
        String before = exchange(NONE);
        if (!before.equals(NONE) && !before.equals(NOT_ASKED)) {
            logger.info("The issuer of tokens gives keys again at {}", url);
        }
    }

    private void noteTrouble(String url, Throwable failure) {
        String cause = failure instanceof NoKeysException
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getSimpleName();
        if (!exchange(cause).equals(cause)) {
            logger.warn("The issuer of tokens gives no keys at {}, so none of them is believed: {}", url, cause);
        }
    }

    private synchronized String exchange(String now) {
        String before = trouble;
        trouble = now;
        return before;
    }

    /** An answer without keys. */
    private static final class NoKeysException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoKeysException(String cause) {
            super(cause);
        }
    }
}
