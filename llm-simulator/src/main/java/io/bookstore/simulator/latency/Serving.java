package io.bookstore.simulator.latency;

/**
 * How many answers a provider writes at a time, and what it does with the others.
 *
 * @param slots      answers written at the same time; 0 for no limit
 * @param queue      requests that may wait for a slot, first come first served; beyond that the provider is overloaded
 * @param loadFactor how much slower everything is when every slot is busy, at least 1; in between it grows evenly with the
 *     busy slots (the formula of llm-d-inference-sim)
 * @param coldStart  what the first request waits for
 */
public record Serving(int slots, int queue, double loadFactor, ColdStart coldStart) {

    /** Everybody is served at once, at the same pace. */
    public static final Serving UNLIMITED = new Serving(0, 0, 1, ColdStart.NEVER);

    public Serving {
        Rule.atLeast("serving.slots", slots, 0);
        Rule.atLeast("serving.queue", queue, 0);
        Rule.factor("serving.loadFactor", loadFactor);
    }

    /**
     * A model that has to be loaded before it answers.
     *
     * @param shortestMs  shortest load, in milliseconds; all between are equally likely
     * @param longestMs   longest load
     * @param idleSeconds after so long without a request it is unloaded
     */
    public record ColdStart(double shortestMs, double longestMs, double idleSeconds) {

        public static final ColdStart NEVER = new ColdStart(0, 0, 0);

        public ColdStart {
            Rule.millis("serving.coldStart.shortestMs", shortestMs);
            Rule.inOrder("serving.coldStart.shortestMs", shortestMs, "serving.coldStart.longestMs", longestMs);
            Rule.millis("serving.coldStart.longestMs", longestMs);
            Rule.idleSeconds("serving.coldStart.idleSeconds", idleSeconds);
        }
    }
}
