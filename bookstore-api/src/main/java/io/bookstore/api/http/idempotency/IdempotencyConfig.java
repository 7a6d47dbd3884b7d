package io.bookstore.api.http.idempotency;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * The time for which the answers to creations are kept, from {@code bookstore.idempotency}.
 *
 * @param ttl how long an {@code Idempotency-Key} is remembered, from its first request; at least 30s
 */
@ConfigurationProperties("bookstore.idempotency")
record IdempotencyConfig(@Bindable(defaultValue = "24h") Duration ttl) {

    IdempotencyConfig {
        if (ttl.compareTo(IdempotencyRecords.LONGEST_ATTEMPT) < 0) {
            throw new IllegalArgumentException("bookstore.idempotency.ttl must be >= "
                    + IdempotencyRecords.LONGEST_ATTEMPT.toSeconds() + "s, was " + ttl);
        }
    }
}
