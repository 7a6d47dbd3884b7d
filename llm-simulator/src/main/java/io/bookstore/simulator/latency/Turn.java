package io.bookstore.simulator.latency;

/**
 * When a request's turn comes, and how busy the provider is then.
 *
 * @param queuedNanos how long it waits for a slot
 * @param loadNanos   how long it then waits for the model to be loaded
 * @param factor      how much slower than alone it is served, at least 1
 */
public record Turn(long queuedNanos, long loadNanos, double factor) {

    /** At once and alone. */
    public static final Turn AT_ONCE = new Turn(0, 0, 1);
}
