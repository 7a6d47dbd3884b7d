package io.bookstore.simulator.latency;

import io.bookstore.simulator.draw.Draw;

/**
 * The reasoning before an answer. Its tokens are billed as output and take their pace before the first text.
 *
 * @param median       half of the answers take fewer tokens, at medium effort
 * @param sigma        standard deviation of the logarithm; 0 makes every reasoning {@code median} times the effort long
 * @param least        fewest tokens, at least 1
 * @param most         most tokens; the budget of a request may be less
 * @param summaryShare tokens of a summary, as a share of the tokens that it sums up, from 0 to 1
 * @param unaskedShare share of the answers with reasoning where the request says nothing of it and the model reasons by
 *                     default, from 0 to 1
 */
public record Reasoning(int median, double sigma, int least, int most, double summaryShare, double unaskedShare) {

    /** The reasoning of a model that says nothing about it; nobody publishes the numbers. */
    public static final Reasoning ASSUMED = new Reasoning(400, 0.6, 32, 32_000, 0.25, 0);

    public Reasoning {
        ProfileChecks.requireAtLeast("reasoning.least", least, 1);
        ProfileChecks.requireOrder("reasoning.least", least, "reasoning.median", median);
        ProfileChecks.requireOrder("reasoning.median", median, "reasoning.most", most);
        ProfileChecks.requireAtMost("reasoning.most", most, 1_000_000);
        ProfileChecks.requireSigma("reasoning.sigma", sigma);
        ProfileChecks.requireShare("reasoning.summaryShare", summaryShare);
        ProfileChecks.requireShare("reasoning.unaskedShare", unaskedShare);
    }

    /**
     * The tokens of one reasoning.
     *
     * @param effort a factor of the median; 1 is medium
     */
    public int tokens(Draw draw, double effort) {
        long wanted = Math.round(draw.lognormal(median * effort, sigma));
        return (int) Math.max(least, Math.min(most, wanted));
    }

    /** The tokens of a summary. */
    public int summaryTokens(int tokens) {
        return (int) Math.max(1, Math.round(tokens * summaryShare));
    }
}
