package io.bookstore.api.http.limit;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * The limit of each client, from {@code bookstore.client-limit}.
 *
 * @param requestsPerMinute requests that one client may send in a minute, evenly refilled; 0 for no limit
 * @param burst requests that it may send at once after a pause; 0 for those of a minute
 * @param maxClients number of clients that are remembered, at least 1; beyond it the one that has been quiet longest
 *     is forgotten
 */
@ConfigurationProperties("bookstore.client-limit")
record ClientLimitConfig(
        @Bindable(defaultValue = "0") int requestsPerMinute,
        @Bindable(defaultValue = "0") int burst,
        @Bindable(defaultValue = "10000") int maxClients) {

    ClientLimitConfig {
        check("requests-per-minute", requestsPerMinute, 0);
        check("burst", burst, 0);
        check("max-clients", maxClients, 1);
        burst = burst == 0 ? requestsPerMinute : burst;
    }

    private static void check(String key, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "bookstore.client-limit." + key + " must be >= " + least + ", was " + value);
        }
    }
}
