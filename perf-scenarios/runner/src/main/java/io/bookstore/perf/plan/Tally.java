package io.bookstore.perf.plan;

import io.bookstore.perf.metrics.Aggregation;
import io.bookstore.perf.metrics.TrendSink;
import io.bookstore.perf.plan.PlannedRun.Percentiles;
import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.perf.slo.Slo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Adds up a run while it goes on. */
final class Tally {

    private static final double NANOS_PER_MILLI = 1e6;

    private final ServiceModel service;
    private final double mostFirstTokenMs;
    private final double mostEndToEndMs;
    private final TrendSink firstToken = TrendSink.exact();
    private final TrendSink endToEnd = TrendSink.exact();
    private long summaries;
    private long good;
    private long failed;
    private long plainRequests;
    private long attempts;
    private long rateLimited;
    private long inputTokens;
    private long outputTokens;
    private int inFlight;
    private int mostInFlight;
    private long endNanos;

    Tally(ServiceModel service, Slo slo) {
        this.service = service;
        Slo.Limits limits = slo.limits().get(Kind.LLM);
        this.mostFirstTokenMs = limits == null ? Double.POSITIVE_INFINITY : millis(limits.ttft());
        this.mostEndToEndMs = limits == null ? Double.POSITIVE_INFINITY : millis(limits.e2e());
    }

    private static double millis(@Nullable Duration limit) {
        return limit == null ? Double.POSITIVE_INFINITY : limit.toNanos() / NANOS_PER_MILLI;
    }

    void countStart() {
        inFlight++;
        mostInFlight = Math.max(mostInFlight, inFlight);
    }

    void countAttempt(VirtualProvider.Reply reply, int promptTokens) {
        attempts++;
        if (reply.status() == 429) {
            rateLimited++;
        }
        if (reply.good()) {
            inputTokens += promptTokens;
            outputTokens += reply.outputTokens();
        }
    }

    void countAnswer(long firstTokenNanos) {
        firstToken.add(firstTokenNanos / NANOS_PER_MILLI);
    }

    void countFailure() {
        failed++;
    }

    /** @param firstTokenNanos time to the first token of the answer; null for a failure */
    void countEnd(long nowNanos, long nanos, @Nullable Long firstTokenNanos) {
        inFlight--;
        summaries++;
        endToEnd.add(nanos / NANOS_PER_MILLI);
        if (firstTokenNanos != null
                && firstTokenNanos / NANOS_PER_MILLI <= mostFirstTokenMs
                && nanos / NANOS_PER_MILLI <= mostEndToEndMs) {
            good++;
        }
        endNanos = nowNanos;
    }

    void countPlainRequest(long nowNanos) {
        plainRequests++;
        endNanos = nowNanos;
    }

    PlannedRun result() {
        return new PlannedRun(
                Duration.ofNanos(endNanos),
                summaries,
                good,
                failed,
                plainRequests,
                attempts,
                rateLimited,
                inputTokens,
                outputTokens,
                service.usd(inputTokens, outputTokens),
                mostInFlight,
                percentiles(firstToken),
                percentiles(endToEnd));
    }

    private static @Nullable Percentiles percentiles(TrendSink sink) {
        return sink.empty()
                ? null
                : new Percentiles(
                        value(sink, "p(50)"), value(sink, "p(90)"), value(sink, "p(95)"), value(sink, "p(99)"));
    }

    private static double value(TrendSink sink, String aggregation) {
        return sink.aggregate(Aggregation.parse(aggregation).orElseThrow(), 0);
    }
}
