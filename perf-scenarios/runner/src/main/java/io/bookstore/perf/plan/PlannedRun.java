package io.bookstore.perf.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a run in virtual time.
 *
 * @param length        from the first request to the end of the last one
 * @param summaries     requests to the model, failed ones included
 * @param good          those of them that were answered within the limits of single requests
 * @param failed        those of them that got no answer
 * @param plainRequests requests that do not go to the model
 * @param attempts      requests of the service to the provider
 * @param rateLimited   attempts that the provider refused with 429
 * @param inputTokens   of all answers
 * @param outputTokens  of all answers
 * @param usd           cost of all answers in US dollars
 * @param mostInFlight  most requests to the model at one time
 * @param firstToken    time to first token of good answers; null without one
 * @param endToEnd      time of all requests to the model; null without one
 */
public record PlannedRun(
        Duration length,
        long summaries,
        long good,
        long failed,
        long plainRequests,
        long attempts,
        long rateLimited,
        long inputTokens,
        long outputTokens,
        double usd,
        int mostInFlight,
        @Nullable Percentiles firstToken,
        @Nullable Percentiles endToEnd) {

    /** Percentiles of a time, in milliseconds. */
    public record Percentiles(double p50, double p90, double p95, double p99) {}
}
