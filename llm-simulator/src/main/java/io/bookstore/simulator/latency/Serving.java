package io.bookstore.simulator.latency;

/**
 * The slots in which a provider writes answers, and the queue before them.
 *
 * @param slots      answers written at the same time; 0 for no limit
 * @param queue      requests that may wait for a slot, first come first served; beyond that the provider is overloaded
 * @param loadFactor how much slower everything is when every slot is busy, at least 1; in between it grows evenly with the
 *     busy slots (the formula of llm-d-inference-sim)
 * @param coldStart  the load of the model, for which the first request waits
 */
public record Serving(int slots, int queue, double loadFactor, ColdStart coldStart) {

    /** No limit: each request is served at once, at the same pace. */
    public static final Serving UNLIMITED = new Serving(0, 0, 1, ColdStart.NEVER);

    public Serving {
        ProfileChecks.requireAtLeast("serving.slots", slots, 0);
        ProfileChecks.requireAtLeast("serving.queue", queue, 0);
        ProfileChecks.requireFactor("serving.loadFactor", loadFactor);
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
            ProfileChecks.requireMillis("serving.coldStart.shortestMs", shortestMs);
            ProfileChecks.requireOrder(
                    "serving.coldStart.shortestMs", shortestMs, "serving.coldStart.longestMs", longestMs);
            ProfileChecks.requireMillis("serving.coldStart.longestMs", longestMs);
            ProfileChecks.requireIdleSeconds("serving.coldStart.idleSeconds", idleSeconds);
        }
    }
}
