package io.bookstore.simulator.latency;

/**
 * A pause in the middle of some answers.
 *
 * @param probability share of the answers that pause once, from 0 to 1
 * @param shortestMs  shortest pause, in milliseconds
 * @param longestMs   longest pause, in milliseconds, at least {@code shortestMs}; all between are equally likely
 */
public record Stall(double probability, double shortestMs, double longestMs) {

    static final Stall NEVER = new Stall(0, 0, 0);

    public Stall {
        ProfileChecks.requireShare("stall.probability", probability);
        ProfileChecks.requireMillis("stall.shortestMs", shortestMs);
        ProfileChecks.requireOrder("stall.shortestMs", shortestMs, "stall.longestMs", longestMs);
        ProfileChecks.requireMillis("stall.longestMs", longestMs);
    }
}
