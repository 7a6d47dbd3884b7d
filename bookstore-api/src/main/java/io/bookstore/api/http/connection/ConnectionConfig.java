package io.bookstore.api.http.connection;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * The time that a client may take to send a request, from {@code bookstore.connection}. The longest silence within it is
 * the server's own setting.
 *
 * @param headTimeout time from the first byte of a request to the end of its head, after which the connection is
 *     closed; at least 1ms
 * @param bodyTimeout time from the end of the head to the end of the body, after which the connection is closed; at
 *     least 1ms
 */
@ConfigurationProperties("bookstore.connection")
record ConnectionConfig(
        @Bindable(defaultValue = "10s") Duration headTimeout,
        @Bindable(defaultValue = "30s") Duration bodyTimeout) {

    ConnectionConfig {
        check("head-timeout", headTimeout);
        check("body-timeout", bodyTimeout);
    }

    private static void check(String key, Duration timeout) {
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException("bookstore.connection." + key + " must be >= 1ms, was " + timeout);
        }
    }
}
