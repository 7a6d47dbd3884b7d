package io.bookstore.simulator.fit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The pace of a stream after its first chunk.
 *
 * @param tokenMs    milliseconds for a token, without the stall
 * @param squares    sum of the squared relative deviations of its gaps
 * @param freedom    degrees of freedom of that sum
 * @param stallMs    how much longer than due the gaps took that were stalls; 0 if there was none
 */
record StreamPace(double tokenMs, double squares, int freedom, double stallMs) {

    // Fewer gaps do not tell a stall from a slow stream.
    private static final int FEWEST_GAPS = 5;

    // The jitter of a profile at most doubles a gap.
    private static final double LONGEST_GAP = 3;
    private static final double SHORTEST_STALL_MS = 100;

    /** The pace of an answer whose chunks are unknown. */
    static StreamPace steady(double tokenMs) {
        return new StreamPace(tokenMs, 0, 0, 0);
    }

    /**
     * The pace of a stream.
     *
     * @param tokensPerChunk of all chunks but the first and the last
     * @return null if the stream has too few chunks to tell
     */
    static @Nullable StreamPace of(Call call, int tokensPerChunk) {
        double[] at = call.chunkMs();
        int gaps = at.length - 1;
        if (gaps < FEWEST_GAPS) {
            return null;
        }
        int[] tokens = chunkTokens(call, tokensPerChunk);
        double[] perToken = new double[gaps];
        for (int i = 0; i < gaps; i++) {
            perToken[i] = (at[i + 1] - at[i]) / tokens[i + 1];
        }
        double median = median(perToken);
        double millis = 0;
        double stallMs = 0;
        int moved = 0;
        int counted = 0;
        boolean[] stalled = new boolean[gaps];
        for (int i = 0; i < gaps; i++) {
            double due = median * tokens[i + 1];
            double gap = at[i + 1] - at[i];
            stalled[i] = gap > LONGEST_GAP * due && gap - due > SHORTEST_STALL_MS;
            if (stalled[i]) {
                stallMs += gap - due;
            } else {
                millis += gap;
                moved += tokens[i + 1];
                counted++;
            }
        }
        double tokenMs = millis / moved;
        if (!(tokenMs > 0)) {
            return null;
        }
        double squares = 0;
        for (int i = 0; i < gaps; i++) {
            if (!stalled[i]) {
                double deviation = perToken[i] / tokenMs - 1;
                squares += deviation * deviation;
            }
        }
        return new StreamPace(tokenMs, squares, counted - 1, stallMs);
    }

    /** The tokens of each chunk: one in the first, as {@code Decode} has it, and the rest in the last. */
    static int[] chunkTokens(Call call, int tokensPerChunk) {
        int[] tokens = new int[call.chunks() > 0 ? call.chunks() : chunks(call.outputTokens(), tokensPerChunk)];
        Arrays.fill(tokens, tokensPerChunk);
        tokens[0] = 1;
        if (tokens.length > 1) {
            int before = 1 + tokensPerChunk * (tokens.length - 2);
            tokens[tokens.length - 1] = Math.max(1, Math.min(tokensPerChunk, call.outputTokens() - before));
        }
        return tokens;
    }

    private static int chunks(int outputTokens, int tokensPerChunk) {
        return 1 + (Math.max(1, outputTokens) - 1 + tokensPerChunk - 1) / tokensPerChunk;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
