package io.bookstore.perf.results;

import org.jspecify.annotations.Nullable;

/**
 * Summary requests as three parties counted them, from the start of the run to its end.
 *
 * @param engine             requests the engine sent to the summary route
 * @param service            the same in the service's own metrics; null if they could not be read
 * @param simulator          attempts in the simulator's journal; null if no simulator took part
 * @param simulatorMedianMs  median of what the simulator took for an attempt; null as above
 * @param engineMedianMs     median of what the engine saw; null if it saw no summary
 */
public record CrossCheck(
        long engine,
        @Nullable Long service,
        @Nullable Long simulator,
        @Nullable Double simulatorMedianMs,
        @Nullable Double engineMedianMs) {

    /** Returns whether all parties that could be asked counted the same. */
    public boolean agree() {
        return (service == null || service == engine) && (simulator == null || simulator == engine);
    }

    /**
     * The time that the service adds on the way: the engine's median less the simulator's; null if either is unknown, or if it
     * would be negative, for then many requests never came to the simulator and the two medians are not of the same calls.
     */
    public @Nullable Double overheadMs() {
        if (simulatorMedianMs == null || engineMedianMs == null || engineMedianMs < simulatorMedianMs) {
            return null;
        }
        return engineMedianMs - simulatorMedianMs;
    }
}
