package io.bookstore.perf.record;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request of a run, from all sources that knew of it. Times are milliseconds to the microsecond; what is unknown is
 * absent.
 *
 * @param traceId   32 hex digits, as the request carried them in {@code traceparent}
 * @param requestId {@code X-Request-Id} of the request; null if it had none
 * @param scenario  the k6 scenario; null if the script left that tag out
 * @param operation the request's name
 * @param start     when it was sent, by the load generator's clock
 * @param timing    the times that the client saw
 * @param result    how it ended
 * @param answer    what the answer told of itself; null for an operation that is no LLM operation
 * @param attempts  attempts at the provider, in the order of their start; empty if there was none or none is known
 * @param parts     the parts of the end-to-end time
 */
public record RequestRecord(
        String traceId,
        @Nullable String requestId,
        @Nullable String scenario,
        Kind kind,
        String operation,
        Instant start,
        Timing timing,
        Result result,
        @Nullable Answer answer,
        List<Attempt> attempts,
        Parts parts) {

    public RequestRecord {
        attempts = attempts == null ? List.of() : List.copyOf(attempts);
    }

    /** The class of an operation, by the tag {@code operation_type} of its samples. */
    public enum Kind {
        LLM,
        CRUD,
        OTHER
    }

    /** The ways in which a request ends. */
    public enum Outcome {
        OK,
        /** An unexpected status, or an answer that failed a check. */
        FAILED,
        NO_ANSWER
    }

    /**
     * Times of the client.
     *
     * @param endToEndMs  {@code http_req_duration}: from the first byte sent to the last byte received, redirects included
     * @param firstByteMs from the first byte sent to the first byte received; null if it is not known
     * @param lateMs      by how much it was sent after the moment for which its arrival rate planned it; null if it was in time,
     *                    or nothing tells
     */
    public record Timing(
            double endToEndMs,
            @Nullable Double firstByteMs,
            @Nullable Double lateMs) {

        /** Times of a request that was sent in time. */
        public Timing(double endToEndMs, @Nullable Double firstByteMs) {
            this(endToEndMs, firstByteMs, null);
        }
    }

    /** @param status null if no answer came */
    public record Result(Outcome outcome, @Nullable Integer status) {}

    /**
     * @param cached       true if a cache or another request's call gave the answer
     * @param firstTokenMs time to first token, as the service tells it
     */
    public record Answer(
            @Nullable Long inputTokens,
            @Nullable Long outputTokens,
            @Nullable Double costUsd,
            @Nullable Boolean cached,
            @Nullable Double firstTokenMs) {}

    /**
     * An attempt at the provider.
     *
     * @param startMs    since the start of the request, by the provider's or the service's clock; null if unknown
     * @param durationMs null if unknown
     * @param waitMs     backoff between the end of the attempt before and this one; null for the first, or if unknown
     * @param status     null if there was none
     * @param error      the error type of a failed attempt; null if it did not fail or nobody said
     * @param inputTokens  tokens that the provider bills for it, whether its answer was used or not; null if it bills none, or
     *                     nothing tells
     * @param outputTokens as {@code inputTokens}
     */
    public record Attempt(
            @Nullable Double startMs,
            @Nullable Double durationMs,
            @Nullable Double waitMs,
            @Nullable Integer status,
            @Nullable String error,
            @Nullable Long inputTokens,
            @Nullable Long outputTokens) {

        /** An attempt whose tokens nothing tells. */
        public Attempt(
                @Nullable Double startMs,
                @Nullable Double durationMs,
                @Nullable Double waitMs,
                @Nullable Integer status,
                @Nullable String error) {
            this(startMs, durationMs, waitMs, status, error, null, null);
        }
    }
}
