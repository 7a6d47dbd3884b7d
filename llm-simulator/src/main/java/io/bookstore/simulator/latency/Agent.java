package io.bookstore.simulator.latency;

import io.bookstore.simulator.draw.Draw;

/**
 * The use of tools where a request leaves it to the model.
 *
 * @param median        half of the loops have fewer answers with calls of tools
 * @param sigma         standard deviation of the logarithm; 0 makes every loop {@code median} turns long
 * @param least         fewest turns; 0 for a model that may answer without a tool
 * @param most          most turns
 * @param parallelShare share of the turns that call two tools at once, from 0 to 1
 */
public record Agent(int median, double sigma, int least, int most, double parallelShare) {

    /** The agent that calls once and then answers. */
    public static final Agent ONE_TURN = new Agent(1, 0, 1, 1, 0);

    public Agent {
        ProfileChecks.requireAtLeast("agent.least", least, 0);
        ProfileChecks.requireOrder("agent.least", least, "agent.median", median);
        ProfileChecks.requireOrder("agent.median", median, "agent.most", most);
        ProfileChecks.requireAtMost("agent.most", most, 1_000);
        ProfileChecks.requireSigma("agent.sigma", sigma);
        ProfileChecks.requireShare("agent.parallelShare", parallelShare);
    }

    /** Returns whether every loop is {@link #median} turns long. */
    public boolean isConstant() {
        return sigma == 0;
    }

    /** The answers with calls of tools in one loop. */
    public int turns(Draw draw) {
        long wanted = Math.round(draw.lognormal(median, sigma));
        return (int) Math.max(least, Math.min(most, wanted));
    }
}
