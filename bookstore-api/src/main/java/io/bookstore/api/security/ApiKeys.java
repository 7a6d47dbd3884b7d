package io.bookstore.api.security;

import io.bookstore.api.digest.Sha256;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.util.StringUtils;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.validator.TokenValidator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Knows the clients by their keys, of which it has the hashes only. */
// Made at start, so that a bad setting stops the service and not its first client.
@Context
@Requires(property = "micronaut.security.enabled", value = StringUtils.TRUE)
final class ApiKeys implements TokenValidator<HttpRequest<?>> {

    private final List<ApiKeyConfig> clients;

    ApiKeys(List<ApiKeyConfig> clients) {
        this.clients = List.copyOf(clients);
    }

    @Override
    public Publisher<Authentication> validateToken(String token, HttpRequest<?> request) {
        String hash = Sha256.hex(token.getBytes(StandardCharsets.UTF_8));
        ApiKeyConfig found = null;
        for (ApiKeyConfig client : clients) {
            // All of them, so that the time does not tell which one it was.
            if (client.isHashOf(hash)) {
                found = client;
            }
        }
        return found == null
                ? Mono.empty()
                : Mono.just(Authentication.build(found.name(), found.role().names()));
    }
}
