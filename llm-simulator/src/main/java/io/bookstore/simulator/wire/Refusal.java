package io.bookstore.simulator.wire;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The reason why there is no answer; every provider has its own words and status for it.
 *
 * @param retryAfter null if waiting would not help or the provider does not say
 * @param detail     null where there is nothing to add, or where the provider adds nothing
 */
public record Refusal(
        Kind kind,
        String message,
        @Nullable Duration retryAfter,
        @Nullable Detail detail) {

    /** The detail that OpenAI tells programs besides: the parameter that is wrong, and a code for its fault. */
    public record Detail(String parameter, String code) {}

    public Refusal(Kind kind, String message, @Nullable Duration retryAfter) {
        this(kind, message, retryAfter, null);
    }

    /** The reasons that the providers tell apart. */
    public enum Kind {
        INVALID_REQUEST,
        /** The prompt is longer than the model can read. */
        PROMPT_TOO_LONG,
        /** There is no key at all. */
        NO_KEY,
        /** The key is wrong. */
        AUTHENTICATION,
        BILLING,
        PERMISSION,
        UNKNOWN_MODEL,
        NOT_FOUND,
        METHOD_NOT_ALLOWED,
        TOO_LARGE,
        /** Too many requests a minute. */
        RATE_LIMITED,
        /** Too many tokens a minute. */
        TOKENS_LIMITED,
        /** Waiting does not help: the money is spent. */
        QUOTA_EXHAUSTED,
        SERVER_ERROR,
        UNAVAILABLE,
        TIMEOUT,
        OVERLOADED
    }

    /** Rounds up: a client that comes back a moment early is refused again. */
    public static long wholeSeconds(Duration duration) {
        return duration.plusSeconds(1).minusNanos(1).toSeconds();
    }

    public static Refusal of(Kind kind, String message) {
        return new Refusal(kind, message, null);
    }
}
