package io.bookstore.api.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micronaut.context.annotation.Context;
import jakarta.inject.Inject;
import java.time.Duration;

/** One bucket of requests per client, for as many clients as the configuration allows. */
// Made at start, so that a bad setting stops the service and not its first client.
@Context
final class ClientLimits {

    private final ClientLimitConfig config;
    private final LoadingCache<String, Bucket> buckets;

    @Inject
    ClientLimits(ClientLimitConfig config) {
        this(config, TimeMeter.SYSTEM_NANOTIME);
    }

    ClientLimits(ClientLimitConfig config, TimeMeter time) {
        this.config = config;
        // A bucket that nobody has drawn from for that long is full, and a new one is full too.
        Duration full = Duration.ofMinutes(1 + config.burst() / Math.max(1, config.requestsPerMinute()));
        this.buckets = Caffeine.newBuilder()
                .maximumSize(config.maxClients())
                .expireAfterAccess(full)
                .build(client -> Bucket.builder()
                        .withCustomTimePrecision(time)
                        .addLimit(limit -> limit.capacity(config.burst())
                                .refillGreedy(config.requestsPerMinute(), Duration.ofMinutes(1)))
                        .build());
    }

    /** Takes one request from what the client has left. */
    ConsumptionProbe take(String client) {
        return buckets.get(client).tryConsumeAndReturnRemaining(1);
    }

    /** How many clients are remembered, at most about as many as configured. */
    long clients() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    /** The header {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers-10). */
    String policy() {
        return "\"client\";q=" + config.requestsPerMinute() + ";w=60";
    }

    /** The header {@code RateLimit}: what is left, and in how many seconds there is more. */
    static String left(ConsumptionProbe probe) {
        return "\"client\";r=" + probe.getRemainingTokens() + ";t="
                + seconds(probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill());
    }

    /** Rounded up, as a client that comes back early is refused again. */
    static long seconds(long nanos) {
        return (nanos + 999_999_999) / 1_000_000_000;
    }
}
