package io.bookstore.api.http.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import jakarta.inject.Inject;
import java.time.Duration;

/** A bucket of requests per client, for as many clients as the configuration allows. */
// Made at start, so that a bad setting stops the service and not its first client.
@Context
final class ClientLimits {

    private final ClientLimitConfig config;
    private final LoadingCache<String, Bucket> buckets;
    private final Counter refusedKeys;
    private final Counter refusedAddresses;

    @Inject
    ClientLimits(ClientLimitConfig config, MeterRegistry registry) {
        this(config, registry, TimeMeter.SYSTEM_NANOTIME);
    }

    ClientLimits(ClientLimitConfig config, MeterRegistry registry, TimeMeter time) {
        this.config = config;
        this.refusedKeys = refused(registry, "key");
        this.refusedAddresses = refused(registry, "address");
        // A bucket that nobody has drawn from for that long is full, and a new one is full too.
        Duration full = Duration.ofMinutes(1 + config.burst() / Math.max(1, config.requestsPerMinute()));
        this.buckets = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(config.maxClients())
                .expireAfterAccess(full)
                .build(client -> Bucket.builder()
                        .withCustomTimePrecision(time)
                        .addLimit(limit -> limit.capacity(config.burst())
                                .refillGreedy(config.requestsPerMinute(), Duration.ofMinutes(1)))
                        .build());
    }

    /**
     * Takes one request from what the client has left.
     *
     * @param hasKey true if the client is known by its key, false if only by its address
     */
    ConsumptionProbe take(String client, boolean hasKey) {
        ConsumptionProbe probe =
                buckets.get((hasKey ? "key " : "address ") + client).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            (hasKey ? refusedKeys : refusedAddresses).increment();
        }
        return probe;
    }

    /** Returns the number of clients that are remembered, at most about as many as configured. */
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

    /** Returns the seconds, rounded up: a client that comes back early is refused again. */
    static long seconds(long nanos) {
        return (nanos + 999_999_999) / 1_000_000_000;
    }

    private static Counter refused(MeterRegistry registry, String client) {
        return Counter.builder("http.server.requests.refused")
                .description("Requests beyond the limit of their client, which has a key or only an address")
                .tag("client", client)
                .register(registry);
    }
}
