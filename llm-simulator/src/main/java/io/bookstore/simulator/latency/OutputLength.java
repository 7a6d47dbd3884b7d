package io.bookstore.simulator.latency;

import io.bookstore.simulator.draw.Draw;

/**
 * The length of answers, in tokens: lognormal, cut to a range.
 *
 * @param median half of the answers are shorter
 * @param sigma  standard deviation of the logarithm, at least 0; 0 makes every answer {@code median} long
 * @param least  shortest answer, at least 1
 * @param most   longest answer
 */
public record OutputLength(int median, double sigma, int least, int most) {

    /** The longest answer that a profile may have, in tokens. */
    public static final int MOST = 1_000_000;

    public OutputLength {
        ProfileChecks.requireAtLeast("outputLength.least", least, 1);
        ProfileChecks.requireOrder("outputLength.least", least, "outputLength.median", median);
        ProfileChecks.requireOrder("outputLength.median", median, "outputLength.most", most);
        ProfileChecks.requireAtMost("outputLength.most", most, MOST);
        ProfileChecks.requireSigma("outputLength.sigma", sigma);
    }

    public int tokens(Draw draw) {
        long wanted = Math.round(draw.lognormal(median, sigma));
        return (int) Math.max(least, Math.min(most, wanted));
    }
}
