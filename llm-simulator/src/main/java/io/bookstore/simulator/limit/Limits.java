package io.bookstore.simulator.limit;

import org.jspecify.annotations.Nullable;

/**
 * What one provider allows in a minute; null is without limit. Every provider has buckets of its own.
 *
 * @param accelerationPerMinute by how many requests per minute the rate may rise each minute
 * @param counting when output tokens are taken from their bucket
 */
public record Limits(
        @Nullable Long requestsPerMinute,
        @Nullable Long inputTokensPerMinute,
        @Nullable Long outputTokensPerMinute,
        @Nullable Long accelerationPerMinute,
        OutputCounting counting) {

    /** When output tokens are taken: Anthropic's accounting has changed from the first to the second. */
    public enum OutputCounting {
        /** The request's {@code max_tokens} at its start; what was not written is given back at its end. */
        RESERVE,
        /** What is written. */
        ACTUAL
    }

    /** No limit at all. */
    public static final Limits NONE = new Limits(null, null, null, null, OutputCounting.RESERVE);

    public Limits {
        requirePositive("requestsPerMinute", requestsPerMinute);
        requirePositive("inputTokensPerMinute", inputTokensPerMinute);
        requirePositive("outputTokensPerMinute", outputTokensPerMinute);
        requirePositive("accelerationPerMinute", accelerationPerMinute);
    }

    /** The rate may rise as fast as it likes. */
    public Limits(
            @Nullable Long requestsPerMinute,
            @Nullable Long inputTokensPerMinute,
            @Nullable Long outputTokensPerMinute,
            OutputCounting counting) {
        this(requestsPerMinute, inputTokensPerMinute, outputTokensPerMinute, null, counting);
    }

    /** That of requests alone. */
    public Limits ofRequests() {
        return new Limits(requestsPerMinute, null, null, null, counting);
    }

    private static void requirePositive(String name, @Nullable Long value) {
        if (value != null && value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, or null for no limit; was " + value);
        }
        if (value != null && value > TokenBucket.MOST) {
            throw new IllegalArgumentException(
                    name + " must be at most " + TokenBucket.MOST + ", or null for no limit; was " + value);
        }
    }
}
