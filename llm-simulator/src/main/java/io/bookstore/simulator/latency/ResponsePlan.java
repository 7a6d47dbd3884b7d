package io.bookstore.simulator.latency;

/**
 * The due times of the chunks of one answer, in nanoseconds since the request arrived.
 *
 * <p>The offsets are absolute, so a chunk that is sent late does not delay those after it. Do not modify the array.
 *
 * @param chunkNanos ascending; the first is the time to the first token
 */
@SuppressWarnings(
        "ArrayRecordComponent") // thirty numbers per stream, five thousand streams: boxes would cost more than they
// protect
public record ResponsePlan(long[] chunkNanos) {

    public ResponsePlan {
        if (chunkNanos.length == 0) {
            throw new IllegalArgumentException("chunkNanos must not be empty: an answer has at least one chunk");
        }
    }

    public long firstTokenNanos() {
        return chunkNanos[0];
    }

    public long durationNanos() {
        return chunkNanos[chunkNanos.length - 1];
    }

    /** The same plan after a wait, on a busier provider. */
    public ResponsePlan after(SlotWait wait) {
        long nanos = wait.queuedNanos() + wait.loadNanos();
        if (wait.factor() == 1 && nanos == 0) {
            return this;
        }
        long[] later = new long[chunkNanos.length];
        for (int i = 0; i < later.length; i++) {
            later[i] = nanos + Math.round(chunkNanos[i] * wait.factor());
        }
        return new ResponsePlan(later);
    }
}
