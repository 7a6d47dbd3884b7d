package io.bookstore.simulator.latency;

/**
 * The wait of a request for a slot, and the load of the provider then.
 *
 * @param queuedNanos how long it waits for a slot
 * @param loadNanos   how long it then waits for the model to be loaded
 * @param factor      how much slower than alone it is served, at least 1
 */
public record SlotWait(long queuedNanos, long loadNanos, double factor) {

    /** No wait, and no other request. */
    public static final SlotWait NONE = new SlotWait(0, 0, 1);
}
