package io.bookstore.simulator.latency;

import io.bookstore.simulator.draw.Draw;
import io.bookstore.simulator.draw.Draws;

/**
 * The times of one answer: {@code prefill, then one gap per chunk}.
 *
 * <pre>
 * first token = lognormal(prefill.medianMs + prefill.perPromptTokenMs * uncached prompt tokens, prefill.sigma)
 * chunk i     = chunk i-1 + tokens in chunk i * lognormal(decode.tokenMs, decode.sigma) * (1 +- decode.jitter)
 * </pre>
 *
 * plus at most one stall before a chunk that is not the first. The two lognormals are drawn once per request.
 */
public record LatencyModel(Prefill prefill, Decode decode, Stall stall) {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double LONGEST_MILLIS = 86_400_000;

    /** @param chunkTokens tokens in each chunk, at least one chunk */
    public ResponsePlan plan(Draws draws, int uncachedPromptTokens, int[] chunkTokens) {
        double atMs = prefill.millis(draws.stream("ttft"), uncachedPromptTokens);
        double paceMs = decode.paceMillis(draws.stream("pace"));
        Draw jitter = draws.stream("jitter");
        Draw pause = draws.stream("stall");
        int stalled = pause.happens(stall.probability()) && chunkTokens.length > 1
                ? 1 + pause.below(chunkTokens.length - 1)
                : 0;

        long[] chunkNanos = new long[chunkTokens.length];
        chunkNanos[0] = nanos(atMs);
        for (int i = 1; i < chunkTokens.length; i++) {
            atMs += chunkTokens[i] * paceMs * decode.gap(jitter);
            if (i == stalled) {
                atMs += pause.between(stall.shortestMs(), stall.longestMs());
            }
            chunkNanos[i] = nanos(atMs);
        }
        return new ResponsePlan(chunkNanos);
    }

    /** The tail of a lognormal has no end; a day is one, so that a queue of them fits a long. */
    private static long nanos(double millis) {
        return Math.round(Math.min(millis, LONGEST_MILLIS) * NANOS_PER_MILLI);
    }
}
