package io.bookstore.simulator.limit;

import org.jspecify.annotations.Nullable;

/**
 * The limits of one provider in a minute; null is no limit. Every provider has buckets of its own.
 *
 * @param accelerationPerMinute by how many requests per minute the rate may rise each minute
 * @param counting when output tokens are taken from their bucket
 * @param per      the requests that share the buckets
 */
public record Limits(
        @Nullable Long requestsPerMinute,
        @Nullable Long inputTokensPerMinute,
        @Nullable Long outputTokensPerMinute,
        @Nullable Long accelerationPerMinute,
        OutputCounting counting,
        LimitScope per) {

    /** The time at which output tokens are taken: Anthropic's accounting has changed from the first to the second. */
    public enum OutputCounting {
        /** The request's {@code max_tokens} at its start; the rest is given back at its end. */
        RESERVE,
        /** The tokens that are written. */
        ACTUAL
    }

    /** No limit at all. */
    public static final Limits NONE = new Limits(null, null, null, null, OutputCounting.RESERVE, LimitScope.PROVIDER);

    public Limits {
        requirePositive("requestsPerMinute", requestsPerMinute);
        requirePositive("inputTokensPerMinute", inputTokensPerMinute);
        requirePositive("outputTokensPerMinute", outputTokensPerMinute);
        requirePositive("accelerationPerMinute", accelerationPerMinute);
    }

    /** A limit of requests, at least 1 a minute, and no other. */
    public static Limits requestsPerMinute(long most) {
        return NONE.withRequestsPerMinute(most);
    }

    /** The same with at most so many requests a minute, at least 1. */
    public Limits withRequestsPerMinute(long most) {
        return new Limits(most, inputTokensPerMinute, outputTokensPerMinute, accelerationPerMinute, counting, per);
    }

    /** The same with at most so many input tokens a minute, at least 1. */
    public Limits withInputTokensPerMinute(long most) {
        return new Limits(requestsPerMinute, most, outputTokensPerMinute, accelerationPerMinute, counting, per);
    }

    /** The same with at most so many output tokens a minute, at least 1. */
    public Limits withOutputTokensPerMinute(long most) {
        return new Limits(requestsPerMinute, inputTokensPerMinute, most, accelerationPerMinute, counting, per);
    }

    /** The same with a rate that may rise by at most so many requests per minute each minute, at least 1. */
    public Limits withAccelerationPerMinute(long most) {
        return new Limits(requestsPerMinute, inputTokensPerMinute, outputTokensPerMinute, most, counting, per);
    }

    /** The same with output tokens taken at another time. */
    public Limits withCounting(OutputCounting value) {
        return new Limits(
                requestsPerMinute, inputTokensPerMinute, outputTokensPerMinute, accelerationPerMinute, value, per);
    }

    /** The same for each key, organisation or model. */
    public Limits withPer(LimitScope value) {
        return new Limits(
                requestsPerMinute, inputTokensPerMinute, outputTokensPerMinute, accelerationPerMinute, counting, value);
    }

    /** The limit of requests without those of tokens and of acceleration. */
    public Limits requestsOnly() {
        return new Limits(requestsPerMinute, null, null, null, counting, per);
    }

    /** Returns whether nothing is limited. */
    public boolean unlimited() {
        return requestsPerMinute == null
                && inputTokensPerMinute == null
                && outputTokensPerMinute == null
                && accelerationPerMinute == null;
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
