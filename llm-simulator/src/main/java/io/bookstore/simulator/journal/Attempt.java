package io.bookstore.simulator.journal;

import io.bookstore.simulator.limit.LimitReport;
import io.bookstore.simulator.limit.LimitState;
import io.bookstore.simulator.wire.Operation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The record of one request.
 *
 * @param sequence order of arrival since the last reset, from 1
 * @param time     when its last byte had arrived
 * @param planned  the planned times, waiting included; null if it refused at once
 * @param waiting  the delays by other requests; null if it was served at once and alone
 * @param chunks   when each chunk was due and when it was sent; none if the answer was one document
 */
public record Attempt(
        long sequence,
        Key key,
        Instant time,
        Asked asked,
        Result result,
        @Nullable Timing planned,
        Timing actual,
        @Nullable Waiting waiting,
        ChunkTimes chunks) {

    /**
     * @param requestKey what stays the same over retries and runs
     * @param attempt    1, or more for a retry
     * @param client     short hashes of the API key and of the user agent; null if the request had no key
     */
    public record Key(
            String requestKey, int attempt, @Nullable String client) {

        /** The key of a request without an API key. */
        public Key(String requestKey, int attempt) {
            this(requestKey, attempt, null);
        }
    }

    /**
     * @param provider  the wire format
     * @param operation requested of it
     * @param model     null if the request could not be read that far
     * @param batch     that the request was in; null if it came alone
     * @param trusted   the sequence of an attempt with a malformed frame, whose text without that frame is the last answer in
     *     this conversation; null in all others
     */
    public record Asked(
            String provider,
            Operation operation,
            @Nullable String model,
            boolean streaming,
            @Nullable String batch,
            @Nullable Long trusted) {

        /** A request that came alone, and goes on with no broken text. */
        public Asked(String provider, Operation operation, @Nullable String model, boolean streaming) {
            this(provider, operation, model, streaming, null, null);
        }
    }

    /**
     * @param status  0 if no status was sent
     * @param outcome how it ended
     * @param tokens  null if nothing is billed: a refusal, or tokens that were counted
     * @param fault   the injected fault; null if there was none
     * @param retryAfterMs how long the client was asked to wait; null if it was not
     * @param buckets the rest of the limits; null if they were not asked
     * @param rule    the rule of the own answers that answered; null if none did
     */
    public record Result(
            int status,
            Outcome outcome,
            @Nullable Tokens tokens,
            @Nullable String fault,
            @Nullable Double retryAfterMs,
            @Nullable Buckets buckets,
            @Nullable String rule) {

        /** The result of a request that no rule answered. */
        public Result(
                int status,
                Outcome outcome,
                @Nullable Tokens tokens,
                @Nullable String fault,
                @Nullable Double retryAfterMs,
                @Nullable Buckets buckets) {
            this(status, outcome, tokens, fault, retryAfterMs, buckets, null);
        }
    }

    /**
     * The rest in a request's buckets once the provider had let it in or refused it, in whole units as the headers tell it;
     * null where there is no such limit.
     */
    public record Buckets(
            @Nullable Long requests,
            @Nullable Long inputTokens,
            @Nullable Long outputTokens) {

        /** The rest by a report; null if there are no limits. */
        public static @Nullable Buckets of(LimitReport report) {
            return report.unlimited()
                    ? null
                    : new Buckets(
                            remaining(report.requests()),
                            remaining(report.inputTokens()),
                            remaining(report.outputTokens()));
        }

        private static @Nullable Long remaining(@Nullable LimitState state) {
            return state == null ? null : Long.valueOf(state.remaining());
        }
    }

    /**
     * Tokens as generated, whatever the answer said about them.
     *
     * @param input       of the whole prompt
     * @param cacheRead   those of {@code input} that were in the provider's cache
     * @param cacheWritten those of {@code input} that it then kept
     */
    public record Tokens(int input, int output, int cacheRead, int cacheWritten) {

        /** Tokens of a request that no cache served. */
        public Tokens(int input, int output) {
            this(input, output, 0, 0);
        }
    }

    /** The ways in which an attempt ends. */
    public enum Outcome {
        /** The answer was sent to its end. */
        COMPLETED,
        /** An error status was sent instead of an answer. */
        REFUSED,
        /** The simulator broke off. */
        CUT,
        /** The client went away first. */
        ABANDONED
    }

    /**
     * Times since arrival, in milliseconds.
     *
     * @param ttftMs     to the first text; null if it cannot be seen, as in an answer that is one document
     * @param durationMs to the last byte
     */
    public record Timing(@Nullable Double ttftMs, double durationMs) {}

    /**
     * The delays of an answer that other requests caused.
     *
     * @param queuedMs    for a slot
     * @param coldStartMs for the model to be loaded
     * @param loadFactor  how much slower it then was
     */
    public record Waiting(double queuedMs, double coldStartMs, double loadFactor) {}
}
